package snippets;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import fathom.formats.images.Images;
import fathom.inference.DepthEstimator;
import fathom.inference.Device;
import fathom.inference.EstimatorOptions;
import fathom.inference.Estimators;
import fathom.inference.Precision;
import fathom.inference.PreparedInput;
import fathom.models.ModelOptions;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;

/** Examples of the Javadoc of {@code fathom.inference}; {@code SnippetsTest} runs them. */
public final class EstimatorSnippets {
    private EstimatorSnippets() {}

    /** Opens two models. */
    public static List<String> open(Path checkpoint) {
        // @start region="open"
        EstimatorOptions options = EstimatorOptions.defaults();
        try (DepthEstimator packaged = Estimators.open("fastdepth", options);
                DepthEstimator local = Estimators.open(checkpoint.toString(), options)) {
            return List.of(packaged.description().name(), local.description().name());
        }
        // @end
    }

    /** Estimates the depth of a picture. */
    public static Prediction estimate(Path file) throws Exception {
        // @start region="estimate"
        RgbImage picture = Images.readRgb(file);
        try (DepthEstimator estimator = Estimators.open("fastdepth", EstimatorOptions.defaults())) {
            PreparedInput input = estimator.prepare(picture);
            Prediction depth = estimator.run(input).prediction();
            // depth.kind(): METRIC, so the values are metres
            // depth.values(): [224, 224], the resolution of the model
            return depth;
        }
        // @end
    }

    /** Creates options with a parameter of one family of models. */
    public static EstimatorOptions options() {
        // @start region="options"
        EstimatorOptions options = EstimatorOptions.defaults().withThreads(4)
                .withModel(ModelOptions.of(Map.of("steps", "4", "ensemble", "3"))); // Marigold
        // @end
        return options;
    }

    /** Selects a device. */
    public static EstimatorOptions device() {
        // @start region="device"
        Device device = Device.ofName("cuda:1"); // the second graphics card
        EstimatorOptions options = EstimatorOptions.defaults().withDevice(device);
        // @end
        return options;
    }

    /** Opens a checkpoint in 8 bits. */
    public static Plane int8(Path checkpoint, RgbImage first, RgbImage second) {
        // @start region="int8"
        Precision int8 = new Precision.Int8("two photographs", () -> List.of(first, second));
        EstimatorOptions options = EstimatorOptions.defaults().withPrecision(int8);
        try (DepthEstimator estimator = Estimators.open(checkpoint.toString(), options)) {
            return estimator.estimate(first).prediction().values();
        }
        // @end
    }
}
