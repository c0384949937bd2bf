package fathom.formats;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The names of files that Java cannot represent as text: bytes that are not characters of the locale. */
public final class FileNames {
    private FileNames() {}

    /**
     * {@return whether the text of a path leads to the same file} In a UTF-8 locale this is false for bytes that are not
     * UTF-8, in the locale C for everything that is not ASCII.
     *
     * @param path the path as the file system lists it
     */
    public static boolean isText(Path path) {
        try {
            return Path.of(path.toString()).equals(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * {@return why a file cannot be used}
     *
     * @param path a path for which {@link #isText} is false
     */
    public static String reason(Path path) {
        return path + ": expected a name that can be stored as text in this locale ("
                + System.getProperty("sun.jnu.encoding")
                + "), found other bytes; set a UTF-8 locale such as C.UTF-8, or" + " rename the file";
    }
}
