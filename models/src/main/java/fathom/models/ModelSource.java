package fathom.models;

import java.nio.file.Path;

/** Where a model comes from. */
public sealed interface ModelSource {
    /** Where the model lies, one line for people and for the provenance of predictions. */
    String label();

    /** A closed formula of the picture's size: no weights. */
    record Formula(String name) implements ModelSource {
        @Override
        public String label() {
            return "formula";
        }
    }

    /**
     * An ONNX file packaged with the program.
     *
     * @param name catalogue name
     * @param origin the package and version that it was taken from
     */
    record Packaged(String name, String origin) implements ModelSource {
        @Override
        public String label() {
            return origin;
        }
    }

    /** A folder with {@code config.json} and weights, laid out as on the Hugging Face hub. */
    record CheckpointFolder(Path folder) implements ModelSource {
        @Override
        public String label() {
            return folder.toString();
        }
    }

    /** A single ONNX file. */
    record OnnxFile(Path file) implements ModelSource {
        @Override
        public String label() {
            return file.toString();
        }
    }
}
