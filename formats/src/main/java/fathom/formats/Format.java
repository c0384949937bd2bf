package fathom.formats;

import java.util.List;

/**
 * A file format and the operations that are supported.
 *
 * @param name the display name
 * @param extensions usual file name extensions, lower case, without the dot; the first is used for writing
 * @param holds a short description of the content
 * @param reads whether it can be read
 * @param writes whether it can be written
 */
public record Format(String name, List<String> extensions, String holds, boolean reads, boolean writes) {
    /** Copies the list. */
    public Format {
        extensions = List.copyOf(extensions);
    }

    @Override
    public String toString() {
        return name;
    }
}
