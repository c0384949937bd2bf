package fathom.evaluation.parity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import fathom.formats.FormatException;
import fathom.formats.NdArray;
import fathom.formats.npy.Npy;
import fathom.raster.Intrinsics;
import fathom.raster.Plane;

/**
 * One pair of truth and prediction that toolkits were run on. Arrays are read each time that they are asked for; the
 * caller may change the values that it gets.
 *
 * @param name the name in {@code cases.json}
 * @param kind what the prediction is
 * @param min smallest depth of the protocol, metres
 * @param max largest depth of the protocol, metres
 * @param intrinsics of the truth, pixels; pixel centres at integers
 * @param tags words that say what the case tests
 * @param inputs the folder of the arrays
 * @param files the name of the file of each array: {@code gt}, {@code pred}, {@code labels}, {@code edges} …
 */
public record ToolkitCase(String name, CaseKind kind, double min, double max, Optional<Intrinsics> intrinsics,
        Set<String> tags, Path inputs, Map<String, String> files) {
    /** Copies the collections. */
    public ToolkitCase {
        tags = Set.copyOf(tags);
        files = Map.copyOf(files);
    }

    /**
     * {@return measured depth in metres, [H, W]; 0, NaN or infinite where there is no measurement}
     *
     * @throws IOException if the file cannot be read
     */
    public Plane truth() throws IOException {
        return plane("gt");
    }

    /**
     * {@return the prediction, which may have another size than the truth}
     *
     * @throws IOException if the file cannot be read
     */
    public Plane prediction() throws IOException {
        return plane("pred");
    }

    /**
     * {@return whether the case has an array of that name}
     *
     * @param key the name, for example {@code edges}
     */
    public boolean has(String key) {
        return files.containsKey(key);
    }

    /**
     * {@return an array of the case}
     *
     * @param key the name, for example {@code edges}
     * @throws IOException if the case has none of that name or the file cannot be read
     */
    public NdArray array(String key) throws IOException {
        return Npy.read(path(key));
    }

    /**
     * {@return a map of the case, [H, W]}
     *
     * @param key the name
     * @throws IOException if the case has none of that name or the file cannot be read
     */
    public Plane plane(String key) throws IOException {
        return Npy.readPlane(path(key));
    }

    private Path path(String key) throws IOException {
        String file = files.get(key);
        if (file == null) {
            throw new FormatException("cases.json", FormatException.NO_OFFSET,
                    "case " + name + " has no \"" + key + "\"");
        }
        return inputs.resolve(file);
    }
}
