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
 * The native library of SQLite, unpacked once into the cache folder. Without it the driver unpacks a megabyte into the
 * temporary folder at every start. Several processes can unpack at the same time: each writes a separate file and
 * renames it. If the cache cannot be written, the driver unpacks the library in its own way.
 */
public final class SqliteLibrary {
    private static boolean done;

    private SqliteLibrary() {}

    /** Makes the driver load the library from the cache folder. Only the first call in a process has an effect. */
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
            // The cache only saves time: without it the driver unpacks the library by itself.
            return;
        }
    }

    /**
     * Writes the library of this platform to {@code library}. Returns false if the driver has none for this platform.
     */
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
