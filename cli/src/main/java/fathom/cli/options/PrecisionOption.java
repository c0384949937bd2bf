package fathom.cli.options;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import fathom.cli.console.Console;
import fathom.inference.Precision;
import fathom.workbench.bench.CalibrationPictures;
import fathom.workbench.predict.Pictures;
import picocli.CommandLine.Option;

/** The options {@code --precision} and {@code --calibrate}: the number format of a network. */
public final class PrecisionOption {
    /** The values of {@code --precision}. */
    enum Choice {
        /** Float32. */
        fp32,
        /** 8-bit integers. */
        int8
    }

    @Option(names = "--precision", paramLabel = "fp32|int8", defaultValue = "fp32", description = "Precision of a checkpoint's network. int8 is faster on processors with 8-bit instructions, but less accurate; `fathom models bench` measures both (default: ${DEFAULT-VALUE}).")
    private Choice choice = Choice.fp32;

    @Option(names = "--calibrate", paramLabel = "IMAGES", description = "Calibration pictures for int8, or a folder of them (default: four sample rooms); repeatable.")
    private List<String> pictures = new ArrayList<>();

    /** Creates the options for the command line parser to fill. */
    PrecisionOption() {}

    Precision value(Console console) throws IOException {
        return switch (choice) {
            case fp32 -> {
                if (!pictures.isEmpty()) {
                    throw new IllegalArgumentException(
                            "--calibrate: expected --precision int8, found fp32, which is not calibrated");
                }
                yield Precision.FULL;
            }
            case int8 -> int8(pictures, console);
        };
    }

    /**
     * Returns 8-bit precision.
     *
     * @param pictures the calibration pictures, or folders of them; if empty, sample rooms are used
     * @param console prints which files are left out
     * @return the precision
     * @throws IOException if a picture cannot be read
     */
    public static Precision.Int8 int8(List<String> pictures, Console console) throws IOException {
        return pictures.isEmpty()
                ? CalibrationPictures.sampleRooms()
                : CalibrationPictures.of(Pictures.find(pictures, note -> console.err().println("note: " + note)));
    }
}
