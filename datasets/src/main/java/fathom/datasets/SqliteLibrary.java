package fathom.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/**
 * SQLite's native library, unpacked once into a cache folder. Left to itself the driver unpacks a megabyte into the
 * temporary folder at every start. Several processes may do this at once: each writes a file of its own and moves it into
 * place. Where the cache cannot be written the driver's own way is left to it.
 */
final class SqliteLibrary {
    private static boolean done;

    private SqliteLibrary() {}

    /** Makes the driver load the library from below {@code cache}; only the first call of a process has an effect. */
    static synchronized void prepare(Path cache) {
        if (done || System.getProperty("org.sqlite.lib.path") != null) {
            return;
        }
        done = true;
        String name = LibraryLoaderUtil.getNativeLibName();
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        String version = SQLiteJDBCLoader.getVersion();
        Path folder = cache.resolve("sqlite-" + version).resolve(OSInfo.getNativeLibFolderPathForCurrentOS());
        Path library = folder.resolve(name);
        try (InputStream packed = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (packed == null) {
                return;
            }
            byte[] bytes = packed.readAllBytes();
            if (!Files.isRegularFile(library) || Files.size(library) != bytes.length) {
                Files.createDirectories(folder);
                Path own = Files.createTempFile(folder, name, ".tmp");
                try {
                    Files.write(own, bytes);
                    Files.move(own, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } finally {
                    Files.deleteIfExists(own);
                }
            }
            System.setProperty("org.sqlite.lib.path", folder.toString());
            System.setProperty("org.sqlite.lib.name", name);
        } catch (IOException | SecurityException e) {
            // The cache is an economy: without it the driver unpacks the library by itself.
            return;
        }
    }
}
