package fathom.cli.options;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import fathom.inference.Precision;
import fathom.workbench.bench.CalibrationPictures;
import fathom.workbench.predict.Pictures;
import picocli.CommandLine.Option;

/** The options that say how the numbers of a network are kept. */
public final class PrecisionOption {
    /** What {@code --precision} takes. */
    enum Choice {
        /** Float32. */
        fp32,
        /** 8 bits. */
        int8
    }

    @Option(names = "--precision", paramLabel = "fp32|int8", defaultValue = "fp32", description = "Precision of a checkpoint's network. int8 is faster on processors with 8-bit instructions, but less accurate; `fathom models bench` measures both (default: ${DEFAULT-VALUE}).")
    private Choice choice = Choice.fp32;

    @Option(names = "--calibrate", paramLabel = "IMAGES", description = "Calibration pictures for int8, or a folder of them (default: four sample rooms); repeatable.")
    private List<String> pictures = new ArrayList<>();

    /** As parsed from a command line. */
    PrecisionOption() {}

    Precision value() throws IOException {
        return switch (choice) {
            case fp32 -> {
                if (!pictures.isEmpty()) {
                    throw new IllegalArgumentException(
                            "--calibrate: expected --precision int8, found fp32, which needs "
                                    + "no calibration");
                }
                yield Precision.FULL;
            }
            case int8 -> inBits(pictures);
        };
    }

    /** 8 bits, calibrated on {@code pictures}, or on rooms that Fathom draws where none are named. */
    public static Precision.Int8 inBits(List<String> pictures) throws IOException {
        return pictures.isEmpty()
                ? CalibrationPictures.sampleRooms()
                : CalibrationPictures.of(Pictures.find(pictures));
    }
}
