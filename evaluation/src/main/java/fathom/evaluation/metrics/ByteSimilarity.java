package fathom.evaluation.metrics;

import fathom.raster.GrayImage;
import fathom.raster.Mask;
import org.jspecify.annotations.Nullable;

/**
 * Squared error and structural similarity of two 8-bit pictures in one pass over their rows.
 *
 * <p>Every column keeps four integer sums over the rows of the current window (x, y, x² + y², x·y); each new row adds itself
 * and takes away the row that left. Neighbouring columns are then added to window sums. All of it is exact; the only rounding
 * is in the last few operations per window, so nothing drifts with the size of the picture. With n pixels per window and
 * sample covariance, scikit-image's
 *
 * <pre>
 * S = (2·ux·uy + C1)(2·vxy + C2) / ((ux² + uy² + C1)(vx + vy + C2))
 * </pre>
 *
 * is multiplied through by n² and n(n − 1), which leaves window sums in place of means and variances:
 *
 * <pre>
 * S = (2·X·Y + n²C1)(2(n·XY − X·Y) + n(n−1)C2) / ((X² + Y² + n²C1)(n·(XX+YY) − X² − Y² + n(n−1)C2))
 * </pre>
 *
 * The work is in {@link SimilarityKernels}. Not safe for concurrent use; one object scores one pair.
 */
final class ByteSimilarity {
    /** Largest window whose integer sums stay below 2^31: window² · 2 · 255². */
    static final int MAX_WINDOW = 127;

    private static final double RANGE = 255;

    private final GrayImage truth;
    private final GrayImage prediction;
    private final @Nullable Mask valid;
    private final int window;
    private final int windowsPerRow;

    /** The last window + 1 rows: the newest is at row % (window + 1), the one that leaves the window after it. */
    private final Sums[] recent;

    /** Sums over the rows of the current window, per column. */
    private final Sums columns;

    /** Sums over a window, per window of a row; the index is the window's left column. */
    private final Sums sums;

    private final int[] validInColumn;
    private final int[] validInWindow;
    private final double[] similarity;
    private final double[] below;
    private final double n;
    private final double c1;
    private final double c2;

    private long squaredError;
    private long pixels;
    private double similaritySum;
    private long windows;

    /** Per pixel, column or window: x, y, x² + y² and x·y. */
    private static final class Sums {
        final int[] x;
        final int[] y;
        final int[] squares;
        final int[] products;

        Sums(int length) {
            x = new int[length];
            y = new int[length];
            squares = new int[length];
            products = new int[length];
        }
    }

    private ByteSimilarity(GrayImage truth, GrayImage prediction, @Nullable Mask valid, SsimOptions options) {
        this.truth = truth;
        this.prediction = prediction;
        this.valid = valid;
        this.window = options.window();
        int width = truth.width();
        this.windowsPerRow = options.fits(truth.height(), width) ? width - window + 1 : 0;
        this.recent = new Sums[window + 1];
        for (int i = 0; i < recent.length; i++) {
            recent[i] = new Sums(width);
        }
        this.columns = new Sums(width);
        this.sums = new Sums(windowsPerRow);
        this.validInColumn = new int[valid == null ? 0 : width];
        this.validInWindow = new int[valid == null ? 0 : windowsPerRow];
        this.similarity = new double[windowsPerRow];
        this.below = new double[windowsPerRow];
        this.n = (double) window * window;
        this.c1 = square(options.k1() * RANGE) * n * n;
        this.c2 = square(options.k2() * RANGE) * n * (options.sampleCovariance() ? n - 1 : n);
    }

    /**
     * Scores the pixels where {@code valid} is true, all of them where it is null. Structural similarity is the mean over the
     * windows whose every pixel is valid, none where the picture is smaller than a window.
     */
    static ByteSimilarity of(GrayImage truth, GrayImage prediction, @Nullable Mask valid, SsimOptions options) {
        ByteSimilarity pass = new ByteSimilarity(truth, prediction, valid, options);
        pass.run();
        return pass;
    }

    /** Sum of squared differences over the scored pixels, exact. */
    long squaredError() {
        return squaredError;
    }

    /** The three metrics, SSIM being NaN where there is no window. */
    ImageScores scores() {
        double ssim = windows == 0 ? Double.NaN : similaritySum / windows;
        return ImageScores.of((double) squaredError / pixels, RANGE, ssim, pixels, windows);
    }

    private void run() {
        for (int row = 0; row < truth.height(); row++) {
            addRow(row);
            if (row >= window - 1 && windowsPerRow > 0) {
                scoreWindows();
            }
        }
    }

    private void addRow(int row) {
        Sums entering = recent[row % recent.length];
        Sums leaving = recent[(row + 1) % recent.length];
        SimilarityKernels.unpack(truth.array(), truth.rowStart(row), entering.x);
        SimilarityKernels.unpack(prediction.array(), prediction.rowStart(row), entering.y);
        SimilarityKernels.squares(entering.x, entering.y, entering.squares);
        SimilarityKernels.products(entering.x, entering.y, entering.products);
        if (valid == null) {
            squaredError += SimilarityKernels.squaredError(entering.x, entering.y);
            pixels += truth.width();
        } else {
            countValid(row, valid, entering);
        }
        if (windowsPerRow > 0) {
            SimilarityKernels.replace(columns.x, entering.x, leaving.x);
            SimilarityKernels.replace(columns.y, entering.y, leaving.y);
            SimilarityKernels.replace(columns.squares, entering.squares, leaving.squares);
            SimilarityKernels.replace(columns.products, entering.products, leaving.products);
        }
    }

    private void countValid(int row, Mask mask, Sums entering) {
        boolean[] flags = mask.array();
        int width = truth.width();
        int at = row * width;
        int leaving = at - window * width;
        for (int i = 0; i < width; i++) {
            if (flags[at + i]) {
                validInColumn[i]++;
                squaredError += entering.squares[i] - 2L * entering.products[i];
                pixels++;
            }
            if (leaving >= 0 && flags[leaving + i]) {
                validInColumn[i]--;
            }
        }
    }

    private void scoreWindows() {
        SimilarityKernels.slide(columns.x, sums.x, columns.y, sums.y, window);
        SimilarityKernels.slide(columns.squares, sums.squares, columns.products, sums.products, window);
        SimilarityKernels.crossMeans(sums.x, sums.y, similarity);
        SimilarityKernels.squaredMeans(sums.x, sums.y, below);
        SimilarityKernels.numerator(similarity, sums.products, n, c1, c2);
        SimilarityKernels.denominator(below, sums.squares, n, c1, c2);
        SimilarityKernels.divide(similarity, below);
        if (valid == null) {
            similaritySum += SimilarityKernels.sum(similarity);
            windows += windowsPerRow;
        } else {
            addWholeWindows();
        }
    }

    private void addWholeWindows() {
        SimilarityKernels.slide(validInColumn, validInWindow, window);
        for (int i = 0; i < windowsPerRow; i++) {
            if (validInWindow[i] == window * window) {
                similaritySum += similarity[i];
                windows++;
            }
        }
    }

    private static double square(double value) {
        return value * value;
    }
}
