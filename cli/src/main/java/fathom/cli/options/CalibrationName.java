package fathom.cli.options;

import java.io.IOException;

import fathom.datasets.Dataset;
import fathom.datasets.Datasets;
import fathom.workbench.calibrate.Calibration;
import fathom.workbench.calibrate.CalibrationFiles;

/** Names of stored calibrations on the command line: {@code NAME@DATASET}. */
public final class CalibrationName {
    private CalibrationName() {}

    /**
     * Reads a calibration.
     *
     * @param name {@code NAME@DATASET}
     * @param datasets the datasets
     * @return the calibration
     * @throws IllegalArgumentException if the name has another form, or there is no such calibration
     * @throws IOException if the file cannot be read
     */
    public static Calibration read(String name, Datasets datasets) throws IOException {
        int at = name.indexOf('@');
        if (at < 1 || at == name.length() - 1) {
            throw new IllegalArgumentException("calibration: expected NAME@DATASET, found \"" + name + "\"");
        }
        try (Dataset dataset = datasets.openReadOnly(name.substring(at + 1))) {
            return CalibrationFiles.read(dataset.folder(), name.substring(0, at));
        }
    }
}
