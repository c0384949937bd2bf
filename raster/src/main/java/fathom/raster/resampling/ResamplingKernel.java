package fathom.raster.resampling;

/** The filters of Pillow's {@code src/libImaging/Resample.c}, as functions of the distance in output pixels. */
enum ResamplingKernel {
    BOX(0.5) {
        @Override
        double at(double x) {
            return x > -0.5 && x <= 0.5 ? 1 : 0;
        }
    },
    TRIANGLE(1) {
        @Override
        double at(double x) {
            return Math.max(0, 1 - Math.abs(x));
        }
    },
    HAMMING(1) {
        @Override
        double at(double x) {
            double distance = Math.abs(x);
            return distance == 0
                    ? 1
                    : distance >= 1
                            ? 0
                            : Math.sin(distance * Math.PI) / (distance * Math.PI)
                                    * (0.54f + 0.46f * Math.cos(distance * Math.PI));
        }
    },
    /** Keys' cubic with a = −0.5. */
    CUBIC(2) {
        @Override
        double at(double x) {
            return cubic(Math.abs(x), -0.5);
        }
    },
    LANCZOS(3) {
        @Override
        double at(double x) {
            return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
        }
    };

    private final double support;

    ResamplingKernel(double support) {
        this.support = support;
    }

    /** Returns the distance beyond which the filter is 0. */
    double support() {
        return support;
    }

    /** Returns the value of the filter at distance {@code x}. */
    abstract double at(double x);

    /**
     * Returns the cubic of R. Keys, Cubic convolution interpolation for digital image processing, 1981, at distance
     * {@code x}, which is at least 0.
     */
    static double cubic(double x, double a) {
        if (x < 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }

    /** Returns sin(πx) / πx. */
    static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
    }

    /** Receives the normalised weights of one output; {@code weights} is overwritten afterwards. */
    @FunctionalInterface
    interface Sink {
        void add(int first, int count, double[] weights);
    }

    /** Returns the largest number of inputs of one output: ksize of {@code precompute_coeffs}. */
    int taps(double scale) {
        return (int) Math.ceil(support * Math.max(scale, 1)) * 2 + 1;
    }

    /**
     * Computes the weights as {@code precompute_coeffs} does: when reducing, the filter is stretched by {@code scale}
     * so that every input counts; it is cut at the edges and normalised.
     */
    void forEachOutput(int from, int to, double scale, Sink sink) {
        double stretch = Math.max(scale, 1);
        double reach = support * stretch;
        double inverse = 1 / stretch;
        double[] weights = new double[taps(scale)];
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * scale;
            int low = Math.max(0, (int) (centre - reach + 0.5));
            int high = Math.min(from, (int) (centre + reach + 0.5));
            int count = high - low;
            double sum = 0;
            for (int k = 0; k < count; k++) {
                weights[k] = at((k + low - centre + 0.5) * inverse);
                sum += weights[k];
            }
            if (sum != 0) {
                for (int k = 0; k < count; k++) {
                    weights[k] /= sum;
                }
            }
            sink.add(low, count, weights);
        }
    }

    /** Returns the same weights as weights of an axis. */
    AxisWeights weights(AxisWeights.Axis axis) {
        AxisWeights.Builder builder = new AxisWeights.Builder(axis, taps(axis.scale()));
        forEachOutput(axis.from(), axis.to(), axis.scale(), (first, count, weights) -> {
            System.arraycopy(weights, 0, builder.window(), 0, count);
            builder.add(first, count);
        });
        return builder.build();
    }
}
