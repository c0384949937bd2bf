package fathom.datasets.depth;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A survey of the values in the depth maps of an import: codes for missing pixels that count as depth, and units that are not
 * metres. At most {@value #MAPS} maps are decoded, evenly spread over the scenes.
 */
public final class DepthSurvey {
    private static final int MAPS = 100;

    private final int step;
    private final Map<Float, Integer> counts = new LinkedHashMap<>();
    private final Map<Float, String> first = new LinkedHashMap<>();
    private int decoded;
    private int large;
    private String firstLarge = "";
    private int small;
    private String firstSmall = "";

    /**
     * Creates a survey.
     *
     * @param scenes the number of scenes, at most
     */
    public DepthSurvey(int scenes) {
        step = Math.max(1, (scenes + MAPS - 1) / MAPS);
    }

    /**
     * Decodes the depth map of a scene if it is one of those that are examined.
     *
     * @param index the index of the scene, from 0
     * @param depth the depth map
     * @param encoding the encoding of the numbers
     * @param limits the range of valid depths
     */
    public void take(int index, Path depth, DepthEncoding encoding, DepthLimits limits) {
        if (index % step != 0) {
            return;
        }
        try {
            DepthFindings findings = DepthFindings.of(DepthFiles.read(depth, encoding, limits));
            decoded++;
            findings.code().ifPresent(code -> {
                counts.merge(code.stored(), 1, Integer::sum);
                first.putIfAbsent(code.stored(), depth + ": " + code.text());
            });
            if (findings.hasSmallDepths()) {
                firstSmall = small++ == 0
                        ? String.format(Locale.ROOT, "%s: the median is %.2g m", depth, findings.medianMetres())
                        : firstSmall;
            }
            if (findings.hasLargeDepths()) {
                firstLarge = large++ == 0
                        ? String.format(Locale.ROOT, "%s: the median is %.0f m", depth, findings.medianMetres())
                        : firstLarge;
            }
        } catch (IOException e) {
            // The sample reports the damage when it is read.
            return;
        }
    }

    /** {@return a warning for each number that may be a code for missing depth} */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        counts.forEach((code, maps) -> warnings.add(first.get(code) + ", counted as depth" + ofMaps(maps)
                + "; if this is a code for missing depth, state it as missing or limit the depth"));
        return warnings;
    }

    /** {@return a note if depths are too large for metres, and one if they are too small} */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (large > 0) {
            notes.add(firstLarge + ofMaps(large)
                    + "; if the files hold millimetres, state a scale of 1000 units per metre");
        }
        if (small > 0) {
            notes.add(firstSmall + ofMaps(small)
                    + "; a stated scale divides floating-point numbers too: if they are metres, import them without it");
        }
        return notes;
    }

    private String ofMaps(int maps) {
        return " (in " + maps + " of " + decoded + (decoded == 1 ? " map" : " maps") + " examined)";
    }
}
