package fathom.workbench.alignment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import fathom.evaluation.alignment.Alignment;
import fathom.evaluation.alignment.RobustFit;
import fathom.evaluation.metrics.UnscorableException;
import fathom.models.ModelDescription;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.ValueStatistics;

/**
 * The alignment of predictions to known depths. What the kind of the prediction leaves unknown is fitted robustly ({@link
 * RobustFit}): a scale, scale and shift of depth, or scale and shift of inverse depth.
 */
public final class AlignToKnownDepth implements DepthConversion {
    /** The farthest depth that inverse depth is converted to, metres; a smaller inverse depth gives no depth. */
    public static final double FARTHEST_METRES = 1000;
    /** The ratio of aligned and known depth up to which the two agree: the usual first threshold, 1.25. */
    private static final double AGREEMENT = 1.25;
    /** The least share of the points that must agree with the aligned prediction. */
    private static final double LEAST_SHARE = 0.5;
    /** With so few points, wrong ones cannot be recognised. */
    private static final int FEW = 5;

    private final Path source;
    private final KnownPoints.Reading reading;
    private final boolean rescaleMetric;
    private final Optional<KnownPoints> ofOnePicture;

    private AlignToKnownDepth(Path source, KnownPoints.Reading reading, boolean rescaleMetric,
            Optional<KnownPoints> ofOnePicture) {
        this.source = source;
        this.reading = reading;
        this.rescaleMetric = rescaleMetric;
        this.ofOnePicture = ofOnePicture;
    }

    /**
     * Returns the alignment of pictures to the known depths of a file, or of the files in a folder.
     *
     * @param source the file of one picture; or a folder with one file for each picture, of the same name apart from the
     *            extension
     * @param pictures the number of pictures
     * @param reading how depth maps are read
     * @param rescaleMetric whether predictions in metres are scaled; otherwise they are compared with the known depths but not
     *            changed
     * @return the alignment
     * @throws IllegalArgumentException if there are several pictures and one file
     * @throws IOException if the file of one picture cannot be read
     */
    public static AlignToKnownDepth of(Path source, int pictures, KnownPoints.Reading reading, boolean rescaleMetric)
            throws IOException {
        if (Files.isDirectory(source)) {
            return new AlignToKnownDepth(source, reading, rescaleMetric, Optional.empty());
        }
        if (pictures > 1) {
            throw new IllegalArgumentException("known depths " + source
                    + ": expected a folder with one file for each of " + pictures + " pictures, found a file");
        }
        return new AlignToKnownDepth(source, reading, rescaleMetric, Optional.of(KnownPoints.read(source, reading)));
    }

    @Override
    public Fitted fit(Path picture, Prediction prediction, ModelDescription model)
            throws UnscorableException, IOException {
        return fit(prediction,
                ofOnePicture.isPresent() ? ofOnePicture.get() : KnownPoints.read(fileOf(picture), reading),
                rescaleMetric);
    }

    private Path fileOf(Path picture) throws IOException {
        String stem = stem(picture);
        List<Path> files;
        try (Stream<Path> listed = Files.list(source)) {
            files = listed.filter(file -> stem(file).equals(stem) && Files.isRegularFile(file)).sorted().toList();
        }
        if (files.size() != 1) {
            throw new MissingKnownDepthException(
                    source + ": expected one file of known depths named " + stem + ".*, found "
                            + (files.isEmpty()
                                    ? "none"
                                    : String.join(" and ",
                                            files.stream().map(file -> String.valueOf(file.getFileName())).toList())));
        }
        return files.getFirst();
    }

    private static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /**
     * Fits a prediction to known depths.
     *
     * @param prediction the prediction at the size of the picture, [H, W]
     * @param known the known depths
     * @param rescaleMetric whether a prediction in metres is scaled
     * @return the alignment
     * @throws UnscorableException if the prediction is constant, there are too few points, or the points contradict the
     *             prediction
     * @throws IOException if a point is outside the picture
     */
    public static KnownDepthFit fit(Prediction prediction, KnownPoints known, boolean rescaleMetric)
            throws UnscorableException, IOException {
        Plane values = prediction.values();
        List<KnownPoints.Point> points = known.in(values.height(), values.width());
        requireVaried(values);
        List<KnownPoints.Point> used = new ArrayList<>();
        double[] sampled = new double[points.size()];
        int n = 0;
        for (KnownPoints.Point point : points) {
            double value = sampled(values, point.row(), point.column());
            if (Double.isFinite(value)) {
                sampled[n++] = value;
                used.add(point);
            }
        }
        double[] x = new double[n];
        System.arraycopy(sampled, 0, x, 0, n);
        double[] metres = used.stream().mapToDouble(KnownPoints.Point::metres).toArray();
        DepthKind kind = prediction.kind();
        if (n == 0) {
            throw new UnscorableException("expected a prediction at a known point, found none at " + points.size());
        }
        RobustFit fit = fit(kind, x, metres, rescaleMetric);
        if (!(fit.alignment().scale() > 0)) {
            throw new UnscorableException(String.format(Locale.ROOT,
                    "the known depths contradict the prediction: the best scale is %.6g, which is not above 0, so near and "
                            + "far are exchanged; check the kind %s and the points",
                    fit.alignment().scale(), kind.label()));
        }
        return judged(known, kind, fit, x, metres, rescaleMetric);
    }

    private static RobustFit fit(DepthKind kind, double[] x, double[] metres, boolean rescaleMetric)
            throws UnscorableException {
        return switch (kind) {
            case METRIC -> rescaleMetric ? RobustFit.scale(x, metres) : unchanged(x, metres);
            case SCALE_INVARIANT -> RobustFit.scale(x, metres);
            case AFFINE, LEVELS -> RobustFit.scaleAndShift(x, metres);
            case AFFINE_INVERSE -> {
                double[] inverse = new double[metres.length];
                for (int i = 0; i < inverse.length; i++) {
                    inverse[i] = 1 / metres[i];
                }
                yield RobustFit.scaleAndShift(x, inverse);
            }
        };
    }

    private static RobustFit unchanged(double[] x, double[] metres) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (x[i] - metres[i]) * (x[i] - metres[i]);
        }
        return new RobustFit(Alignment.NONE, x.length, x.length, Math.sqrt(sum / x.length));
    }

    private static KnownDepthFit judged(KnownPoints known, DepthKind kind, RobustFit fit, double[] x, double[] metres,
            boolean rescaleMetric) throws UnscorableException {
        double[] errors = new double[x.length];
        int agreeing = 0;
        boolean changed = kind != DepthKind.METRIC || rescaleMetric;
        for (int i = 0; i < x.length; i++) {
            double aligned = KnownDepthFit.metres(fit.alignment(), kind, x[i]);
            errors[i] = Double.isNaN(aligned) ? Double.POSITIVE_INFINITY : Math.abs(aligned - metres[i]);
            agreeing += Math.max(aligned / metres[i], metres[i] / aligned) < AGREEMENT ? 1 : 0;
        }
        if (changed && agreeing < LEAST_SHARE * x.length) {
            throw new UnscorableException(
                    "the known depths contradict the prediction or each other: after the alignment, " + agreeing
                            + " of " + x.length
                            + " agree with the prediction within 25 %; check the coordinates and the " + "unit of "
                            + known.file());
        }
        float[] sorted = new float[errors.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = (float) errors[i];
        }
        String note = !changed
                ? "the prediction is in metres and was not changed"
                : x.length < FEW ? "too few points to recognise wrong ones" : "";
        return new KnownDepthFit(known.file().toString(), kind, fit, changed, known.known(),
                ValueStatistics.of(sorted).median(), agreeing, note);
    }

    private static void requireVaried(Plane values) throws UnscorableException {
        ValueStatistics finite = ValueStatistics.ofFinite(values);
        if (finite.count() == 0) {
            throw new UnscorableException("the prediction has no finite value");
        }
        if (finite.min() == finite.max()) {
            throw new UnscorableException("the prediction is " + finite.min()
                    + " everywhere, so an alignment would only return a constant depth");
        }
    }

    /** Returns the bilinear interpolation at a point; NaN if one of the four pixels has no value. */
    private static double sampled(Plane values, double row, double column) {
        double y = Math.clamp(row, 0, values.height() - 1);
        double x = Math.clamp(column, 0, values.width() - 1);
        int top = (int) y;
        int left = (int) x;
        int bottom = Math.min(top + 1, values.height() - 1);
        int right = Math.min(left + 1, values.width() - 1);
        double upper = mixed(values.get(top, left), values.get(top, right), x - left);
        double lower = mixed(values.get(bottom, left), values.get(bottom, right), x - left);
        return mixed(upper, lower, y - top);
    }

    private static double mixed(double first, double second, double share) {
        return share == 0 ? first : first + share * (second - first);
    }
}
