package fathom.datasets.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

import fathom.cache.CacheFolder;
import fathom.cache.CacheKind;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/**
 * SQLite's native library, unpacked once into the cache folder. Left to itself the driver unpacks a megabyte into the
 * temporary folder at every start. Several processes may do this at once: each writes a file of its own and moves it into
 * place. Where the cache cannot be written the driver's own way is left to it.
 */
public final class SqliteLibrary {
    private static boolean done;

    private SqliteLibrary() {}

    /** Makes the driver load the library from the cache folder; only the first call of a process has an effect. */
    public static synchronized void prepare() {
        if (done || System.getProperty("org.sqlite.lib.path") != null) {
            return;
        }
        done = true;
        String name = LibraryLoaderUtil.getNativeLibName();
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        String version = SQLiteJDBCLoader.getVersion();
        Path folder = CacheFolder.use(CacheKind.SQLITE).resolve(version)
                .resolve(OSInfo.getNativeLibFolderPathForCurrentOS());
        Path library = folder.resolve(name);
        try {
            if (!Files.isRegularFile(library) && !unpack(resource, library)) {
                return;
            }
            System.setProperty("org.sqlite.lib.path", folder.toString());
            System.setProperty("org.sqlite.lib.name", name);
        } catch (IOException | SecurityException e) {
            // The cache is an economy: without it the driver unpacks the library by itself.
            return;
        }
    }

    /** Whether the driver's archive has a library for this platform, which then lies whole at {@code library}. */
    private static boolean unpack(String resource, Path library) throws IOException {
        try (InputStream packed = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (packed == null) {
                return false;
            }
            Path folder = Files.createDirectories(Objects.requireNonNull(library.getParent()));
            Path own = Files.createTempFile(folder, "sqlite", ".tmp");
            try {
                try (FileChannel channel = FileChannel.open(own, StandardOpenOption.WRITE)) {
                    packed.transferTo(Channels.newOutputStream(channel));
                    channel.force(true);
                }
                Files.move(own, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(own);
            }
            return true;
        }
    }
}
