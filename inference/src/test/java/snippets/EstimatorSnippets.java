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
import fathom.models.Estimate;
import fathom.models.ModelOptions;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
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
    public static Plane estimate(Path file) throws Exception {
        // @start region="estimate"
        RgbImage picture = Images.readRgb(file);
        try (DepthEstimator estimator = Estimators.open("fastdepth", EstimatorOptions.defaults())) {
            PreparedInput input = estimator.prepare(picture);
            Estimate estimate = estimator.run(input);
            Plane depth = estimate.prediction().values(); // [h, w] at the resolution of the model
            boolean isMetric = estimate.prediction().kind() == DepthKind.METRIC; // then the values are metres
            return isMetric ? depth : Plane.allocate(depth.height(), depth.width());
        }
        // @end
    }

    /** Creates options with a parameter of one family of models. */
    public static EstimatorOptions options() {
        // @start region="options"
        EstimatorOptions options = EstimatorOptions.defaults()
                .withThreads(4)
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
