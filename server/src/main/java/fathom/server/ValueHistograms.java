package fathom.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import fathom.datasets.Dataset;
import fathom.datasets.values.DatasetException;
import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.ValueStatistics;
import fathom.server.wire.SpreadWire;
import org.jspecify.annotations.Nullable;

/**
 * Histograms of a layer's values over a dataset, from at most {@value #MAX_MAPS} evenly spaced maps and at most
 * {@value #MAX_VALUES} values of each. The selected values of a map are cached by its version, so only new maps of a growing
 * dataset are read. Thread-safe.
 */
final class ValueHistograms {
    private static final int MAX_MAPS = 32;
    private static final int MAX_VALUES = 2048;
    private static final int MAX_KEPT = 4096;
    private static final int BINS = 64;

    private final Map<String, float[]> kept = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
            return size() > MAX_KEPT;
        }
    });

    SpreadWire of(Dataset dataset, List<SampleLayer> having) {
        int maps = Math.min(MAX_MAPS, having.size());
        List<float[]> chosen = new ArrayList<>();
        for (int i = 0; i < maps; i++) {
            float[] values = values(dataset, having.get((int) ((long) i * having.size() / maps)));
            if (values != null && values.length > 0) {
                chosen.add(values);
            }
        }
        return spread(chosen);
    }

    /** Returns the selected values of one map; null if it cannot be read. A request for the map returns the reason. */
    private float @Nullable [] values(Dataset dataset, SampleLayer layer) {
        String version = layer.version(dataset);
        float[] known = kept.get(version);
        if (known == null) {
            try {
                known = selected(layer.read());
            } catch (DatasetException e) {
                return null;
            }
            kept.put(version, known);
        }
        return known;
    }

    /** Returns at most {@value #MAX_VALUES} evenly spaced values of the finite ones. */
    static float[] selected(List<Plane> planes) {
        List<float[]> parts = planes.stream().map(plane -> ValueStatistics.selected(plane, Mask.ofFinite(plane)))
                .toList();
        float[] all = joined(parts);
        int finite = all.length;
        int count = Math.min(MAX_VALUES, finite);
        float[] selection = new float[count];
        for (int i = 0; i < count; i++) {
            selection[i] = all[(int) ((long) i * finite / count)];
        }
        return selection;
    }

    static SpreadWire spread(List<float[]> maps) {
        ValueStatistics values = ValueStatistics.of(joined(maps));
        if (values.count() == 0) {
            return new SpreadWire(0, 0, 0, 0, 0, Collections.nCopies(BINS, 0));
        }
        double minimum = values.quantile(0.001);
        double maximum = values.quantile(0.999);
        int[] counts = new int[BINS];
        for (float value : values.toArray()) {
            if (value >= minimum && value <= maximum) {
                double share = maximum > minimum ? (value - minimum) / (maximum - minimum) : 0;
                counts[Math.min(BINS - 1, (int) (share * BINS))]++;
            }
        }
        return new SpreadWire(values.quantile(0.02), values.quantile(0.98), minimum, maximum, maps.size(),
                Arrays.stream(counts).boxed().toList());
    }

    private static float[] joined(List<float[]> parts) {
        float[] joined = new float[parts.stream().mapToInt(part -> part.length).reduce(0, Math::addExact)];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }
}
