package fathom.engine.onnxruntime;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.SymbolLookup;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import ai.onnxruntime.OrtEnvironment;
import fathom.cache.CacheFolder;
import fathom.cache.CacheKind;
import fathom.cache.NativeFiles;
import org.jspecify.annotations.Nullable;

/**
 * Loads ONNX Runtime's native libraries; no other class of Fathom does. Telemetry is switched off before
 * ({@link Telemetry}).
 *
 * <p>The libraries are unpacked once into the user's cache folder and loaded from there, after a comparison with those
 * of the jar. By default, the runtime unpacks 28 MB into the temporary folder at every start and does not delete them if
 * the process is killed; this still happens if the cache folder cannot be written to.
 */
final class NativeLibrary {
    private static final String PATH_PROPERTY = "onnxruntime.native.path";
    /** Length, name and SHA-256 of the libraries in the runtime's jar, one per line. */
    static final String HASHES = "native-libraries.txt";

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

    /** Unpacks one library; returns false if the jar has none for this platform, or the cache is not safe. */
    private static boolean unpack(String platform, String file, Path folder) throws IOException {
        URL resource = resource(platform, file);
        return resource != null && NativeFiles.unpack(packed(platform + "/" + file, resource), folder.resolve(file));
    }

    /** Returns the library with the hash in the list, which saves the time to unpack it for a comparison. */
    private static NativeFiles.Packed packed(String name, URL resource) throws IOException {
        URLConnection connection = resource.openConnection();
        long bytes = connection.getContentLengthLong();
        try (InputStream list = NativeLibrary.class.getResourceAsStream(HASHES)) {
            if (list != null) {
                String start = bytes + " " + name + " ";
                for (String line : new String(list.readAllBytes(), StandardCharsets.US_ASCII).lines().toList()) {
                    if (line.startsWith(start)) {
                        return new NativeFiles.Packed(bytes, line.substring(start.length()), resource::openStream);
                    }
                }
            }
        }
        return NativeFiles.Packed.of(resource::openStream);
    }

    /** Returns the runtime's name for system and processor, such as {@code linux-x64}. */
    private static String platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String system = os.contains("mac") ? "osx" : os.contains("win") ? "win" : "linux";
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return system + (arch.equals("aarch64") || arch.equals("arm64") ? "-aarch64" : "-x64");
    }
}
