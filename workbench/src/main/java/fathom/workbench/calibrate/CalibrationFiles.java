package fathom.workbench.calibrate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import fathom.datasets.values.Names;
import fathom.evaluation.calibration.Correction;
import fathom.evaluation.calibration.CrossValidation;
import fathom.formats.AtomicFile;
import fathom.formats.FormatException;
import fathom.formats.json.JsonValue;
import fathom.formats.json.JsonValue.Members;
import fathom.raster.DepthKind;

/** The files of calibrations, {@code calibrations/<name>.json} in the folder of a dataset. */
public final class CalibrationFiles {
    private static final String FOLDER = "calibrations";
    private static final String EXTENSION = ".json";
    private static final double VERSION = 1;

    private CalibrationFiles() {}

    /**
     * Writes a calibration, completely or not at all. Replaces one of the same name.
     *
     * @param dataset the folder of the dataset
     * @param calibration the calibration
     * @return the file
     * @throws IOException if the file cannot be written
     */
    public static Path write(Path dataset, Calibration calibration) throws IOException {
        Path file = file(dataset, calibration.name());
        Files.createDirectories(dataset.resolve(FOLDER));
        AtomicFile.write(file,
                out -> out.write((json(calibration).canonical() + "\n").getBytes(StandardCharsets.UTF_8)));
        return file;
    }

    /**
     * Reads a calibration.
     *
     * @param dataset the folder of the dataset
     * @param name the name of the calibration
     * @return the calibration
     * @throws IllegalArgumentException if there is none of that name; the message lists those that exist
     * @throws IOException if the file cannot be read or is damaged
     */
    public static Calibration read(Path dataset, String name) throws IOException {
        Path file = file(dataset, name);
        try {
            return parse(Files.readString(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("calibration: dataset " + dataset.getFileName() + " has no calibration "
                    + name + Names.hint(name, names(dataset), "; it has none"), e);
        }
    }

    private static Path file(Path dataset, String name) {
        return dataset.resolve(FOLDER).resolve(Names.requirePart("calibration name", name) + EXTENSION);
    }

    private static List<String> names(Path dataset) throws IOException {
        Path folder = dataset.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(EXTENSION) && !name.startsWith("."))
                    .map(name -> name.substring(0, name.length() - EXTENSION.length())).sorted().toList();
        }
    }

    /** Returns a calibration as JSON. */
    static Members json(Calibration calibration) {
        List<JsonValue> cameras = new ArrayList<>();
        for (Calibration.Camera camera : calibration.cameras()) {
            CrossValidation choice = camera.choice();
            Members absRel = Members.NONE;
            for (Map.Entry<Correction.Form, Double> entry : choice.absRel().entrySet()) {
                absRel = absRel.with(entry.getKey().label(), entry.getValue());
            }
            Members json = Members.NONE.with("camera", camera.camera()).with("samples", choice.samples())
                    .with("folds", choice.folds()).with("form", choice.correction().form().label())
                    .with("exponent", choice.correction().exponent()).with("factor", choice.correction().factor())
                    .with("absRel", absRel).with("reason", choice.reason());
            cameras.add(Double.isFinite(choice.standardError())
                    ? json.with("standardError", choice.standardError())
                    : json);
        }
        return Members.NONE.with("version", VERSION).with("name", calibration.name())
                .with("dataset", calibration.dataset()).with("prediction", calibration.prediction())
                .with("truth", calibration.truth()).with("kind", calibration.kind().label())
                .with("model", calibration.model()).with("identity", calibration.identity())
                .with("seed", Long.toString(calibration.seed())).with("folds", calibration.folds())
                .with("program", calibration.program()).with("cameras", new JsonValue.Items(cameras));
    }

    private static Calibration parse(String text, String source) throws FormatException {
        Reader json = new Reader(JsonValue.parse(text, source), source);
        if (json.number("version") != VERSION) {
            throw new FormatException(source, FormatException.NO_OFFSET, "expected a calibration of version 1, found "
                    + json.number("version") + "; a newer version of the program wrote it");
        }
        try {
            List<Calibration.Camera> cameras = new ArrayList<>();
            for (Reader camera : json.items("cameras")) {
                Map<Correction.Form, Double> absRel = new EnumMap<>(Correction.Form.class);
                for (Map.Entry<String, JsonValue> entry : camera.members("absRel").values().entrySet()) {
                    absRel.put(Correction.Form.ofLabel(entry.getKey()),
                            entry.getValue() instanceof JsonValue.Numeral(double value) ? value : Double.NaN);
                }
                Correction correction = new Correction(Correction.Form.ofLabel(camera.text("form")),
                        camera.number("exponent"), camera.number("factor"));
                cameras.add(new Calibration.Camera(camera.text("camera"),
                        new CrossValidation(correction, (int) camera.number("samples"), (int) camera.number("folds"),
                                absRel, camera.numberOrNaN("standardError"), camera.text("reason"))));
            }
            return new Calibration(json.text("name"), json.text("dataset"), json.text("prediction"), json.text("truth"),
                    DepthKind.ofLabel(json.text("kind")), json.text("model"), json.text("identity"),
                    Long.parseLong(json.text("seed")), (int) json.number("folds"), json.text("program"), cameras);
        } catch (IllegalArgumentException e) {
            throw new FormatException(source, FormatException.NO_OFFSET, "damaged calibration: " + e.getMessage(), e);
        }
    }

    /** The members of a JSON object, with errors that name the file. */
    private record Reader(Members json, String source) {
        Reader(JsonValue value, String source) throws FormatException {
            this(value instanceof Members members ? members : Members.NONE, source);
            if (!(value instanceof Members)) {
                throw new FormatException(source, FormatException.NO_OFFSET, "expected a JSON object");
            }
        }

        private FormatException missing(String type, String name) {
            return new FormatException(source, FormatException.NO_OFFSET, "damaged calibration: expected " + type
                    + " \"" + name + "\", found " + (json.values().containsKey(name) ? "another type" : "none"));
        }

        String text(String name) throws FormatException {
            if (json.values().get(name) instanceof JsonValue.Text(String text)) {
                return text;
            }
            throw missing("a text", name);
        }

        double number(String name) throws FormatException {
            if (json.values().get(name) instanceof JsonValue.Numeral(double number)) {
                return number;
            }
            throw missing("a number", name);
        }

        double numberOrNaN(String name) {
            return json.values().get(name) instanceof JsonValue.Numeral(double number) ? number : Double.NaN;
        }

        Members members(String name) throws FormatException {
            if (json.values().get(name) instanceof Members members) {
                return members;
            }
            throw missing("an object", name);
        }

        List<Reader> items(String name) throws FormatException {
            if (json.values().get(name) instanceof JsonValue.Items(List<JsonValue> items)) {
                List<Reader> readers = new ArrayList<>();
                for (JsonValue item : items) {
                    readers.add(new Reader(item, source));
                }
                return readers;
            }
            throw missing("an array", name);
        }
    }
}
