package fathom.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import fathom.raster.advice.HasRemedy;
import fathom.raster.advice.Remedy;

/** An NPZ file with several maps of which the caller must name one. */
public final class AmbiguousArrayException extends UnreadableFileException implements HasRemedy {
    private static final long serialVersionUID = 1L;

    /** The names to choose from. */
    private final ArrayList<String> names;

    /**
     * Creates an exception.
     *
     * @param source path or name of the file
     * @param arrays the arrays and their shapes
     * @param names the names to choose from
     */
    public AmbiguousArrayException(String source, String arrays, List<String> names) {
        super(source, source + ": expected one map, found the arrays " + arrays + "; name the one to read");
        this.names = new ArrayList<>(names);
    }

    @Override
    public Optional<Remedy> remedy() {
        return Optional.of(new Remedy.NameArray(names));
    }
}
