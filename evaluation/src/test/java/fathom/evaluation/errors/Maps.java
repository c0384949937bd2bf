package fathom.evaluation.errors;

import java.util.Optional;
import java.util.Random;

import fathom.evaluation.metrics.ScoredMaps;
import fathom.raster.Mask;
import fathom.raster.Plane;

/** Maps to test with. */
final class Maps {
    private Maps() {}

    /** Depth from 0.5 to 12 m, predicted with errors up to a factor of 2.5; a fifth of the pixels is not counted. */
    static ScoredMaps random(long seed, int height, int width) {
        Random random = new Random(seed);
        Plane truth = Plane.allocate(height, width);
        Plane prediction = Plane.allocate(height, width);
        Mask counted = Mask.filled(height, width, true);
        for (int at = 0; at < truth.size(); at++) {
            truth.array()[at] = 0.5f + 11.5f * random.nextFloat();
            prediction.array()[at] = (float) (truth.array()[at] * Math.pow(2.5, 2 * random.nextDouble() - 1));
            counted.array()[at] = random.nextInt(5) > 0;
        }
        return of(truth, prediction, counted);
    }

    static ScoredMaps of(Plane truth, Plane prediction, Mask counted) {
        return new ScoredMaps(truth, prediction, counted, Optional.empty(), Optional.empty());
    }

    static Plane row(float... values) {
        return Plane.wrap(values, 1, values.length);
    }

    static Mask all(Plane plane) {
        return Mask.filled(plane.height(), plane.width(), true);
    }
}
