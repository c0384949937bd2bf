package fathom.evaluation.metrics;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A number that states how far a prediction is from the truth.
 *
 * <p>The constants of this class are the only place that names metrics: tables, JSON and the app enumerate {@link #all()}.
 * Each carries its function, the rule for its unit, the direction in which it improves, its formula and its source. p is
 * the prediction, g the truth. To add a metric, add a constant; a protocol names the metrics that it computes.
 *
 * <p>RMSE and PSNR order two predictions of one picture in the same way; SSIM can disagree with them, because it
 * compares local structure and tolerates a constant offset. The mean of PSNR over samples is infinite if a single sample is
 * identical to its truth.
 *
 * @see PixelErrors
 * @see ImageMetrics
 * @see Scores
 */
public final class Metric implements Comparable<Metric> {
    private static int count;
    private static final double PER_KILOMETRE = 1000;
    private static final double HUNDRED = 100;

    /** Root of the mean squared error, in the unit of the compared values. */
    public static final Metric RMSE = new Metric("rmse", "RMSE", MetricUnit.VALUES, Better.LOWER, 2, "√ mean (p − g)²",
            "Eigen, Puhrsch, Fergus 2014; of pictures: square root of skimage.metrics.mean_squared_error, scikit-image 0.19",
            new MetricFunction.Pixelwise(PixelSums::rmse, PooledMean.ROOT));
    /** Peak signal-to-noise ratio of two pictures. */
    public static final Metric PSNR = new Metric("psnr", "PSNR", MetricUnit.DECIBELS, Better.HIGHER, 2,
            "10·log10(range² / mean (p − g)²)", "skimage.metrics.peak_signal_noise_ratio, scikit-image 0.19",
            new MetricFunction.OfPictures());
    /** Mean structural similarity of two pictures. */
    public static final Metric SSIM = new Metric("ssim", "SSIM", MetricUnit.NONE, Better.HIGHER, 4,
            "mean over 7×7 windows of (2·µx·µy + C1)(2·σxy + C2) / ((µx² + µy² + C1)(σx² + σy² + C2)), "
                    + "C1 = (0.01·range)², C2 = (0.03·range)²",
            "skimage.metrics.structural_similarity with its defaults, scikit-image 0.19; "
                    + "Wang, Bovik, Sheikh, Simoncelli, IEEE Transactions on Image Processing 13 (2004)",
            new MetricFunction.OfPictures());
    /** Mean absolute error. */
    public static final Metric MAE = new Metric("mae", "MAE", MetricUnit.VALUES, Better.LOWER, 3, "mean |p − g|",
            "Eigen, Puhrsch, Fergus 2014; KITTI depth devkit 2017",
            new MetricFunction.Pixelwise(PixelSums::mae, PooledMean.MEAN));
    /** Mean absolute relative error. */
    public static final Metric ABS_REL = new Metric("absrel", "AbsRel", MetricUnit.NONE, Better.LOWER, 4,
            "mean |p − g| / g", "Eigen, Puhrsch, Fergus 2014, section 4.3",
            new MetricFunction.Pixelwise(PixelSums::absRel, PooledMean.MEAN));
    /** Mean absolute error relative to the prediction: a fault of DenseDepth's evaluation. */
    public static final Metric ABS_REL_BY_PREDICTION = new Metric("absrel_by_prediction", "AbsRel/p", MetricUnit.NONE,
            Better.LOWER, 4, "mean |p − g| / p",
            "DenseDepth, utils.py: compute_errors is called with truth and prediction exchanged",
            new MetricFunction.Pixelwise(PixelSums::absRelByPrediction, PooledMean.MEAN));
    /** Mean squared error divided by the truth. */
    public static final Metric SQ_REL = new Metric("sqrel", "SqRel", MetricUnit.VALUES, Better.LOWER, 4,
            "mean (p − g)² / g", "Eigen, Puhrsch, Fergus 2014, section 4.3",
            new MetricFunction.Pixelwise(PixelSums::sqRel, PooledMean.MEAN));
    /** Mean squared relative error, as KITTI's development kit defines it. */
    public static final Metric SQ_REL_SQUARED = new Metric("sqrel2", "SqRel2", MetricUnit.NONE, Better.LOWER, 4,
            "mean (p − g)² / g²", "KITTI depth devkit 2017, evaluate_depth.cpp",
            new MetricFunction.Pixelwise(PixelSums::sqRelSquared, PooledMean.MEAN));
    /** Mean squared error, in squared units of the compared values. */
    public static final Metric MSE = new Metric("mse", "MSE", MetricUnit.NONE, Better.LOWER, 4, "mean (p − g)²",
            "FastDepth, metrics.py", new MetricFunction.Pixelwise(PixelSums::mse, PooledMean.MEAN));
    /** Root of the mean squared difference of natural logarithms. */
    public static final Metric RMSE_LOG = new Metric("rmse_log", "RMSE log", MetricUnit.NONE, Better.LOWER, 4,
            "√ mean (ln p − ln g)²", "Eigen, Puhrsch, Fergus 2014, section 4.3",
            new MetricFunction.Pixelwise(PixelSums::rmseLog, PooledMean.ROOT));
    /** Root of the mean squared difference of decimal logarithms. */
    public static final Metric RMSE_LOG10 = new Metric("rmse_log10", "RMSE log10", MetricUnit.NONE, Better.LOWER, 4,
            "√ mean (log₁₀ p − log₁₀ g)²", "EvalMDE, evalmde/metrics/standard.py",
            new MetricFunction.Pixelwise(sums -> sums.rmseLog() / Math.log(10), PooledMean.ROOT));
    /** Mean absolute difference of natural logarithms. */
    public static final Metric MAE_LOG = new Metric("mae_log", "MAE log", MetricUnit.NONE, Better.LOWER, 4,
            "mean |ln p − ln g|", "KITTI depth devkit 2017, evaluate_depth.cpp",
            new MetricFunction.Pixelwise(PixelSums::maeLog, PooledMean.MEAN));
    /** Mean absolute difference of decimal logarithms. */
    public static final Metric LOG10 = new Metric("log10", "log10", MetricUnit.NONE, Better.LOWER, 4,
            "mean |log₁₀ p − log₁₀ g|", "Saxena, Sun, Ng 2009; BTS, pytorch/bts_eval.py",
            new MetricFunction.Pixelwise(PixelSums::log10, PooledMean.MEAN));
    /** Scale-invariant logarithmic error: the population standard deviation of e, times 100. */
    public static final Metric SILOG = new Metric("silog", "SILog", MetricUnit.NONE, Better.LOWER, 3,
            "100 · √(mean e² − (mean e)²), e = ln p − ln g", "KITTI depth benchmark 2017; BTS, pytorch/bts_eval.py",
            new MetricFunction.Pixelwise(sums -> 100 * sums.logDeviation(1), PooledMean.DEVIATION));
    /** Scale-invariant logarithmic error without the factor 100. */
    public static final Metric SILOG_UNSCALED = new Metric("silog_unscaled", "SILog", MetricUnit.NONE, Better.LOWER, 4,
            "√(mean e² − (mean e)²), e = ln p − ln g", "KITTI depth devkit 2017, evaluate_depth.cpp",
            new MetricFunction.Pixelwise(sums -> sums.logDeviation(1), PooledMean.DEVIATION));
    /** Half scale-invariant logarithmic error, without the factor 100. */
    public static final Metric SILOG_HALF = new Metric("silog_half", "SILog λ=½", MetricUnit.NONE, Better.LOWER, 4,
            "√(mean e² − ½ (mean e)²), e = ln p − ln g",
            "Eigen, Puhrsch, Fergus 2014, equation 4; Depth Anything V2, metric_depth/util/metric.py",
            new MetricFunction.Pixelwise(sums -> sums.logDeviation(0.5), PooledMean.NONE));
    /** Scale-invariant logarithmic error with the sample standard deviation, times 100. */
    public static final Metric SILOG_UNBIASED = new Metric("silog_unbiased", "SILog n−1", MetricUnit.NONE, Better.LOWER,
            3, "100 · standard deviation of ln p − ln g with n − 1", "UniDepth, unidepth/utils/evaluation_depth.py",
            new MetricFunction.Pixelwise(sums -> 100 * sums.logStandardDeviation(), PooledMean.NONE));
    /** Mean absolute error of inverse depth, per kilometre. */
    public static final Metric I_MAE = new Metric("imae", "iMAE", MetricUnit.INVERSE, Better.LOWER, 2,
            "1000 · mean |1/p − 1/g|", "KITTI depth benchmark 2017",
            new MetricFunction.Pixelwise(sums -> PER_KILOMETRE * sums.inverseMae(), PooledMean.MEAN));
    /** Root of the mean squared error of inverse depth, per kilometre. */
    public static final Metric I_RMSE = new Metric("irmse", "iRMSE", MetricUnit.INVERSE, Better.LOWER, 2,
            "1000 · √ mean (1/p − 1/g)²", "KITTI depth benchmark 2017",
            new MetricFunction.Pixelwise(sums -> PER_KILOMETRE * sums.inverseRmse(), PooledMean.ROOT));
    /** Share of pixels whose ratio is below 1.25. */
    public static final Metric DELTA_1 = new Metric("delta1", "δ1", MetricUnit.NONE, Better.HIGHER, 4,
            "share of pixels with max(p/g, g/p) < 1.25", "Ladický, Shi, Pollefeys 2014; Eigen, Puhrsch, Fergus 2014",
            new MetricFunction.Share(1.25));
    /** Share of pixels whose ratio is below 1.25². */
    public static final Metric DELTA_2 = new Metric("delta2", "δ2", MetricUnit.NONE, Better.HIGHER, 4,
            "share of pixels with max(p/g, g/p) < 1.25²", "Eigen, Puhrsch, Fergus 2014",
            new MetricFunction.Share(1.25 * 1.25));
    /** Share of pixels whose ratio is below 1.25³. */
    public static final Metric DELTA_3 = new Metric("delta3", "δ3", MetricUnit.NONE, Better.HIGHER, 4,
            "share of pixels with max(p/g, g/p) < 1.25³", "Eigen, Puhrsch, Fergus 2014",
            new MetricFunction.Share(1.25 * 1.25 * 1.25));
    /** Share of pixels whose ratio is below 1.05. */
    public static final Metric DELTA_105 = new Metric("delta105", "δ1.05", MetricUnit.NONE, Better.HIGHER, 4,
            "share of pixels with max(p/g, g/p) < 1.05", "MDEC, src/core/metrics.py", new MetricFunction.Share(1.05));
    /** Share of pixels whose ratio is below 1.25 to the power of 0.125. */
    public static final Metric DELTA_EIGHTH = new Metric("delta0125", "δ0.125", MetricUnit.NONE, Better.HIGHER, 4,
            "share of pixels with max(p/g, g/p) < 1.25^0.125", "EvalMDE, evalmde/metrics/standard.py",
            new MetricFunction.Share(Math.pow(1.25, 0.125)));

    private static final List<Metric> ALL = List.of(RMSE, PSNR, SSIM, MAE, ABS_REL, ABS_REL_BY_PREDICTION, SQ_REL,
            SQ_REL_SQUARED, MSE, RMSE_LOG, RMSE_LOG10, MAE_LOG, LOG10, SILOG, SILOG_UNSCALED, SILOG_HALF,
            SILOG_UNBIASED, I_MAE, I_RMSE, DELTA_1, DELTA_2, DELTA_3, DELTA_105, DELTA_EIGHTH);

    /** The direction in which a metric improves. */
    public enum Better {
        /** Smaller is better. */
        LOWER,
        /** Larger is better. */
        HIGHER;

        /** {@return the word of tables and JSON: {@code lower} or {@code higher}} */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final int order;
    private final String key;
    private final String title;
    private final MetricUnit unit;
    private final Better better;
    private final int decimals;
    private final String formula;
    private final String source;
    private final MetricFunction function;

    private Metric(String key, String title, MetricUnit unit, Better better, int decimals, String formula,
            String source, MetricFunction function) {
        this.order = count++;
        this.key = key;
        this.title = title;
        this.unit = unit;
        this.better = better;
        this.decimals = decimals;
        this.formula = formula;
        this.source = source;
        this.function = function;
    }

    /** {@return the metrics of pixels and of pictures, in the order of table columns} */
    public static List<Metric> all() {
        return ALL;
    }

    /**
     * {@return the metric with that {@link #key()}, empty if there is none}
     *
     * @param key the key
     */
    public static Optional<Metric> named(String key) {
        return ALL.stream().filter(metric -> metric.key.equals(key)).findFirst();
    }

    /**
     * {@return a metric of whole maps} Its order is after those that were created before.
     *
     * @param key the name stored in datasets
     * @param title the column heading
     * @param unit the rule for its unit
     * @param better the direction in which it improves
     * @param decimals the number of decimals in a table
     * @param formula the definition in one line
     * @param source the library or paper that defines it
     * @param function how it is computed
     */
    public static Metric ofMaps(String key, String title, MetricUnit unit, Better better, int decimals, String formula,
            String source, MetricFunction.OfMaps function) {
        return new Metric(key, title, unit, better, decimals, formula, source, function);
    }

    /** {@return the name stored in datasets, in JSON and in CSV headings, for example {@code "rmse"}} */
    public String key() {
        return key;
    }

    /** {@return the column heading, for example {@code "AbsRel"}} */
    public String title() {
        return title;
    }

    /** {@return the rule for its unit; {@code Protocol.unit} gives the unit of the numbers of a protocol} */
    public MetricUnit unit() {
        return unit;
    }

    /** {@return the direction in which the metric improves} */
    public Better better() {
        return better;
    }

    /** {@return the number of decimals in a table} */
    public int decimals() {
        return decimals;
    }

    /** {@return the definition in one line} */
    public String formula() {
        return formula;
    }

    /** {@return the library or paper that defines the metric} */
    public String source() {
        return source;
    }

    /** {@return how it is computed} */
    public MetricFunction function() {
        return function;
    }

    /**
     * {@return whether {@code value} is better than {@code other}; false if either is NaN}
     *
     * @param value a value of this metric
     * @param other the value to compare with
     */
    public boolean isBetter(double value, double other) {
        return switch (better) {
            case LOWER -> value < other;
            case HIGHER -> value > other;
        };
    }

    /**
     * {@return the number over the pixels of all samples; NaN if it does not follow from the numbers of the samples}
     *
     * @param values the number of each sample; NaN for none
     * @param pixels the number of counted pixels of each sample
     * @param logMeans the mean of ln p − ln g of each sample
     */
    public double pooled(double[] values, double[] pixels, double[] logMeans) {
        return switch (function) {
            case MetricFunction.Pixelwise pixelwise ->
                pixelwise.pooling().of(values, pixels, logMeans, equals(SILOG) ? HUNDRED : 1);
            case MetricFunction.Share share -> PooledMean.MEAN.of(values, pixels, logMeans, 1);
            case MetricFunction.OfMaps maps -> Double.NaN;
            case MetricFunction.OfPictures pictures -> Double.NaN;
        };
    }

    /** Compares by the order of {@link #all()}. */
    @Override
    public int compareTo(Metric other) {
        return Integer.compare(order, other.order);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return key;
    }
}
