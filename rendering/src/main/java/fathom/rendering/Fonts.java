package fathom.rendering;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Initialises the fonts of Java without leaving files. On Linux Java writes the answer of fontconfig to {@code
 * ~/.java/fonts/<version>/fcinfo-….properties}. This class deletes that file, and the folders created for it, unless
 * they existed before (source: {@code sun.font.FcFontConfiguration} of the JDK).
 */
public final class Fonts {
    private static final String WRITTEN = "fcinfo*";

    private static boolean started;

    private Fonts() {}

    /**
     * Makes Java find the fonts of the system. Only the first call in a process has an effect.
     *
     * @throws IllegalStateException if the machine has no fonts
     */
    public static synchronized void start() {
        if (started) {
            return;
        }
        Path user = Path.of(System.getProperty("user.home", "."), ".java");
        List<Path> folders = List.of(user.resolve("fonts").resolve(System.getProperty("java.version", "")),
                user.resolve("fonts"), user);
        List<Path> missing = folders.stream().filter(folder -> !Files.exists(folder)).toList();
        try {
            Set<Path> before = written(folders.getFirst());
            measure();
            started = true;
            for (Path file : written(folders.getFirst())) {
                if (!before.contains(file)) {
                    Files.deleteIfExists(file);
                }
            }
            for (Path folder : missing) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            System.getLogger(Fonts.class.getName()).log(System.Logger.Level.DEBUG, "could not be deleted from " + user,
                    e);
        }
    }

    private static void measure() {
        try {
            new Font(Font.SANS_SERIF, Font.PLAIN, 12).getStringBounds("0", new FontRenderContext(null, true, true));
        } catch (InternalError | NullPointerException | UnsatisfiedLinkError e) {
            throw missing(e);
        }
    }

    /** Returns an exception that states the fix; Java fails with an obscure error if the machine has no fonts. */
    static IllegalStateException missing(Throwable cause) {
        return new IllegalStateException("text cannot be drawn: Java finds no fonts on this machine; install "
                + "fontconfig and one font, for example \"apt install fontconfig fonts-dejavu-core\"", cause);
    }

    private static Set<Path> written(Path folder) throws IOException {
        Set<Path> files = new HashSet<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, WRITTEN)) {
                found.forEach(files::add);
            }
        }
        return files;
    }
}
