package fathom.cli.options;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import fathom.datasets.Datasets;
import fathom.datasets.depth.DepthEncoding;
import fathom.workbench.alignment.AlignToKnownDepth;
import fathom.workbench.alignment.DepthConversion;
import fathom.workbench.alignment.KnownPoints;
import fathom.workbench.calibrate.CalibratedDepth;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that convert predictions of pictures to metres: known depths, or a stored calibration. */
public final class ConversionOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--align-to", paramLabel = "PATH", description = "Write metres, aligned to known depths: a CSV file with the header row,column,metres or x,y,metres (pixels of the picture, from 0), or a depth map that may have holes and another size. For several pictures: a folder with one such file for each, of the same name.")
    private @Nullable Path known;

    @Option(names = "--align-scale", paramLabel = "S", description = "Units per metre of the depth map of --align-to (default: the scale in the file, otherwise 1000 for integers, 1 for floating-point numbers).")
    private @Nullable Double scale;

    @Option(names = "--align-sunrgbd", description = "The depth map of --align-to has the bit rotation of SUN RGB-D.")
    private boolean rotated;

    @Option(names = "--align-missing", paramLabel = "CODE", split = ",", description = "Numbers as stored in the depth map of --align-to that mean no measurement, in addition to 0.")
    private List<Double> missing = new ArrayList<>();

    @Option(names = "--rescale-metric", description = "With --align-to, also fit the scale of a model that predicts metres. Without it, its depth is compared with the known depths and not changed.")
    private boolean rescaleMetric;

    @Option(names = "--depth-calibration", paramLabel = "NAME@DATASET", description = "Write metres, corrected by a calibration that `fathom calibrate` stored.")
    private @Nullable String calibration;

    @Option(names = "--camera", paramLabel = "CAMERA", description = "With --depth-calibration: the camera of the pictures, its number or its name as `fathom calibrate` prints it (default: the only one).")
    private @Nullable String camera;

    /**
     * {@return the conversion; empty if none is requested}
     *
     * @param pictures the number of pictures
     * @param order how depth maps are read
     * @param datasets the datasets with the calibrations
     * @throws IOException if a file cannot be read
     */
    public Optional<DepthConversion> of(int pictures, PgmOrderOption order, Datasets datasets) throws IOException {
        if (known != null && calibration != null) {
            throw usage("--align-to and --depth-calibration: expected one of them, found both.");
        }
        if (known == null && (scale != null || rotated || !missing.isEmpty() || rescaleMetric)) {
            throw usage(
                    "--align-scale, --align-sunrgbd, --align-missing and --rescale-metric: expected --align-to with the known depths, "
                            + "found none.");
        }
        if (rotated && scale != null) {
            throw usage(
                    "--align-scale: expected none with --align-sunrgbd, which defines the unit, found " + scale + ".");
        }
        if (calibration == null && camera != null) {
            throw usage("--camera: expected --depth-calibration, found none.");
        }
        if (calibration != null) {
            return Optional
                    .of(CalibratedDepth.of(CalibrationName.read(calibration, datasets), Optional.ofNullable(camera)));
        }
        if (known == null) {
            return Optional.empty();
        }
        Optional<DepthEncoding> encoding = rotated
                ? Optional.of(new DepthEncoding.RotatedMillimetres())
                : Optional.ofNullable(scale).map(DepthEncoding.UnitsPerMetre::new);
        return Optional.of(AlignToKnownDepth.of(known, pictures,
                new KnownPoints.Reading(encoding, missing, order.reading()), rescaleMetric));
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
