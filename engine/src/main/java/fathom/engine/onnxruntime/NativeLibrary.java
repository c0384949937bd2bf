package fathom.engine.onnxruntime;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.SymbolLookup;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

import ai.onnxruntime.OrtEnvironment;
import fathom.cache.CacheFolder;
import fathom.cache.CacheKind;
import org.jspecify.annotations.Nullable;

/**
 * Loads ONNX Runtime's native libraries; no other class of Fathom does. Telemetry is switched off before
 * ({@link Telemetry}).
 *
 * <p>The libraries are unpacked once into the user's cache folder and loaded from there. By default, the runtime
 * unpacks 28 MB into the temporary folder at every start and does not delete them if the process is killed; this still
 * happens if the cache folder cannot be written to.
 */
final class NativeLibrary {
    private static final String PATH_PROPERTY = "onnxruntime.native.path";

    private static final List<String> REQUIRED = List.of("onnxruntime", "onnxruntime4j_jni");
    /** The additional libraries of the runtime for graphics cards. */
    private static final List<String> PROVIDERS = List.of("onnxruntime_providers_shared", "onnxruntime_providers_cuda");

    private NativeLibrary() {}

    /**
     * Loads the libraries, with telemetry switched off.
     *
     * @throws java.io.UncheckedIOException if telemetry cannot be switched off, in which case nothing is loaded, or if
     * other code of this process loaded the runtime before, with telemetry on
     */
    static void load() {
        if (SymbolLookup.loaderLookup().find(RuntimeFunctions.ENTRY).isPresent()) {
            Telemetry.requireSwitchedOff();
        } else {
            Telemetry.switchOff();
            unpack();
            // Any call of the binding's environment class loads the libraries; this one creates no environment.
            OrtEnvironment.getAvailableProviders();
        }
        RuntimeFunctions.find().ifPresent(Telemetry::disableEvents);
    }

    private static void unpack() {
        if (System.getProperty(PATH_PROPERTY) != null) {
            return;
        }
        String platform = platform();
        try {
            // Two builds of the runtime may be used in turn: each has a separate folder.
            Path folder = CacheFolder.use(CacheKind.ONNXRUNTIME)
                    .resolve(isForGraphicsCards(platform) ? platform + "-cuda" : platform);
            Files.createDirectories(folder);
            for (String library : REQUIRED) {
                if (!unpack(platform, System.mapLibraryName(library), folder)) {
                    return;
                }
            }
            for (String library : PROVIDERS) {
                unpack(platform, System.mapLibraryName(library), folder);
            }
            System.setProperty(PATH_PROPERTY, folder.toString());
        } catch (IOException | SecurityException e) {
            System.getLogger(NativeLibrary.class.getName()).log(System.Logger.Level.DEBUG,
                    "native libraries are unpacked to the temporary folder", e);
        }
    }

    private static boolean isForGraphicsCards(String platform) {
        return resource(platform, System.mapLibraryName(PROVIDERS.getLast())) != null;
    }

    private static @Nullable URL resource(String platform, String file) {
        return OrtEnvironment.class.getResource("/ai/onnxruntime/native/" + platform + "/" + file);
    }

    /**
     * Unpacks one library unless it is present with the same size; returns false if the jar has none for this platform.
     */
    private static boolean unpack(String platform, String file, Path folder) throws IOException {
        URL resource = resource(platform, file);
        if (resource == null) {
            return false;
        }
        URLConnection connection = resource.openConnection();
        long size = connection.getContentLengthLong();
        Path target = folder.resolve(file);
        if (Files.exists(target) && Files.size(target) == size) {
            return true;
        }
        Path partial = Files.createTempFile(folder, file, ".partial");
        try (InputStream stream = connection.getInputStream()) {
            Files.copy(stream, partial, StandardCopyOption.REPLACE_EXISTING);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
        return true;
    }

    /** Returns the runtime's name for system and processor, such as {@code linux-x64}. */
    private static String platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String system = os.contains("mac") ? "osx" : os.contains("win") ? "win" : "linux";
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return system + (arch.equals("aarch64") || arch.equals("arm64") ? "-aarch64" : "-x64");
    }
}
