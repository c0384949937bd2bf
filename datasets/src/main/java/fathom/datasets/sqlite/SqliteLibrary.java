package fathom.datasets.sqlite;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;

import fathom.cache.CacheFolder;
import fathom.cache.CacheKind;
import fathom.cache.NativeFiles;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/**
 * The native library of SQLite, unpacked into the cache folder and compared with the driver's before it is loaded. Without
 * it the driver unpacks a megabyte into the temporary folder at every start. If the cache cannot be used, the driver
 * unpacks the library in its own way.
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
        URL packed = SQLiteJDBCLoader.class.getResource(resource);
        try {
            if (packed != null && NativeFiles.unpack(NativeFiles.Packed.of(packed::openStream), library)) {
                System.setProperty("org.sqlite.lib.path", folder.toString());
                System.setProperty("org.sqlite.lib.name", name);
            }
        } catch (IOException | SecurityException e) {
            // The cache only saves time: without it the driver unpacks the library by itself.
            return;
        }
    }
}
