package fathom.raster;

/**
 * A model's depth map, [H, W] at the model's own resolution, of a stated kind. Pixels that the model gives no value for
 * are NaN or infinite; {@link #valid()} is false there. A prediction is never normalised or clipped on its way to a store.
 */
public sealed interface Prediction {
    /** The values, [H, W], in the unit of {@link #kind()}. */
    Plane values();

    /** What the numbers mean. */
    DepthKind kind();

    /** True where the model gave a finite value. */
    default Mask valid() {
        return Mask.ofFinite(values());
    }

    /** The same kind of prediction over other values, for example resized ones. */
    default Prediction withValues(Plane values) {
        return of(kind(), values);
    }

    /** A prediction of {@code kind} over {@code values}. */
    static Prediction of(DepthKind kind, Plane values) {
        return switch (kind) {
            case METRIC -> new MetricDepth(values);
            case SCALE_INVARIANT -> new ScaleInvariantDepth(values);
            case AFFINE -> new AffineDepth(values);
            case AFFINE_INVERSE -> new AffineInverseDepth(values);
            case LEVELS -> new Levels(values);
        };
    }

    /** Depth z in metres. */
    record MetricDepth(Plane values) implements Prediction {
        @Override
        public DepthKind kind() {
            return DepthKind.METRIC;
        }
    }

    /** Depth up to an unknown scale: a·z. */
    record ScaleInvariantDepth(Plane values) implements Prediction {
        @Override
        public DepthKind kind() {
            return DepthKind.SCALE_INVARIANT;
        }
    }

    /** Depth up to an unknown scale and shift: a·z + b. */
    record AffineDepth(Plane values) implements Prediction {
        @Override
        public DepthKind kind() {
            return DepthKind.AFFINE;
        }
    }

    /** Inverse depth up to an unknown scale and shift: a/z + b, larger is nearer. */
    record AffineInverseDepth(Plane values) implements Prediction {
        @Override
        public DepthKind kind() {
            return DepthKind.AFFINE_INVERSE;
        }
    }

    /** Levels of an 8-bit picture, 0 to 255, larger is farther. */
    record Levels(Plane values) implements Prediction {
        /** The greatest level, the farthest. */
        public static final int MOST = 255;

        @Override
        public DepthKind kind() {
            return DepthKind.LEVELS;
        }
    }
}
