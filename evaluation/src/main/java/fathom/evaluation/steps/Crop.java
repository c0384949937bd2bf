package fathom.evaluation.steps;

/** The windows that papers evaluate in. Positions are for the truth; fractions are rounded down. */
public enum Crop {
    /** Garg et al. 2016 for KITTI, in fractions of the size. */
    GARG("garg", "Garg et al. 2016") {
        @Override
        public Box box(int height, int width) {
            return fractions(height, width, 0.40810811, 0.99189189, 0.03594771, 0.96405229);
        }
    },
    /** Eigen et al. 2014 for KITTI, in fractions of the size. */
    EIGEN_KITTI("eigen-kitti", "Eigen et al. 2014, KITTI") {
        @Override
        public Box box(int height, int width) {
            return fractions(height, width, 0.3324324, 0.91351351, 0.0359477, 0.96405229);
        }
    },
    /** Rows 45 to 470 and columns 41 to 600, whatever the size: how the evaluations of BTS and ZoeDepth read it. */
    EIGEN_NYU("eigen-nyu", "Eigen et al. 2014, NYU Depth v2 at 480×640") {
        @Override
        public Box box(int height, int width) {
            return new Box(45, 471, 41, 601).within(height, width);
        }
    },
    /** The same window in fractions of 480×640, for maps of other sizes. */
    EIGEN_NYU_SCALED("eigen-nyu-scaled", "Eigen et al. 2014, NYU Depth v2 in fractions of 480×640") {
        @Override
        public Box box(int height, int width) {
            return fractions(height, width, 45 / 480.0, 471 / 480.0, 41 / 640.0, 601 / 640.0);
        }
    },
    /** Rows 20 to 459 and columns 24 to 615 of 480×640: the window stored with the test set of DenseDepth. */
    DENSEDEPTH("densedepth", "DenseDepth's test set, NYU Depth v2 at 480×640") {
        @Override
        public Box box(int height, int width) {
            return new Box(20, 460, 24, 616).within(height, width);
        }
    },
    /** 352×1216 at the bottom, in the middle: the benchmark crop of KITTI. A smaller map is kept whole. */
    KITTI_BENCHMARK("kitti-benchmark", "KITTI depth benchmark, 352×1216") {
        @Override
        public Box box(int height, int width) {
            int top = height - 352;
            int left = (int) ((width - 1216) / 2.0);
            return new Box(top, height, left, left + 1216).within(height, width);
        }
    };

    private final String label;
    private final String source;

    Crop(String label, String source) {
        this.label = label;
        this.source = source;
    }

    /** {@return the word of protocol files} */
    public String label() {
        return label;
    }

    /** {@return who defines the window} */
    public String source() {
        return source;
    }

    /**
     * {@return the window in a map}
     *
     * @param height number of rows
     * @param width number of columns
     */
    public abstract Box box(int height, int width);

    private static Box fractions(int height, int width, double top, double bottom, double left, double right) {
        return new Box((int) (top * height), (int) (bottom * height), (int) (left * width), (int) (right * width));
    }
}
