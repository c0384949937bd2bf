package fathom.formats;

import java.util.List;

/**
 * One file format and what is done with it here.
 *
 * @param name what people call it
 * @param extensions usual file name endings, lower case, without the dot; the first is the one written
 * @param holds what it holds, in a few words
 * @param reads whether it is read
 * @param writes whether it is written
 */
public record Format(String name, List<String> extensions, String holds, boolean reads, boolean writes) {
    public Format {
        extensions = List.copyOf(extensions);
    }

    @Override
    public String toString() {
        return name;
    }
}
