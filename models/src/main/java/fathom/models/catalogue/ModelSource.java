package fathom.models.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import fathom.hub.HubReference;

/** The location of a model. */
public sealed interface ModelSource {
    /** {@return the location as one human-readable line, also stored in the provenance of predictions} */
    String label();

    /**
     * A closed formula of the picture's size, without weights.
     *
     * @param name catalogue name
     */
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
     * @param resource name of the resource in this package
     * @param origin the package and version that it was taken from
     */
    record Packaged(String name, String resource, String origin) implements ModelSource {
        @Override
        public String label() {
            return origin;
        }

        /** {@return the content of the ONNX file} */
        public byte[] read() {
            try (InputStream stream = ModelSource.class.getResourceAsStream(resource)) {
                if (stream == null) {
                    throw new IllegalStateException("the packaged weights " + resource
                            + " are missing from this build; install npm and build again");
                }
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException("reading the packaged weights " + resource, e);
            }
        }
    }

    /**
     * A folder with {@code config.json} and weights, in the layout of the Hugging Face Hub.
     *
     * @param folder the folder
     */
    record CheckpointFolder(Path folder) implements ModelSource {
        @Override
        public String label() {
            return folder.toString();
        }
    }

    /**
     * A weight file without a configuration, as published in its author's repository.
     *
     * @param file the file
     */
    record CheckpointFile(Path file) implements ModelSource {
        @Override
        public String label() {
            return file.toString();
        }
    }

    /**
     * A model on the Hub or at another address, to be downloaded to the cache first.
     *
     * @param reference the repository, file or address
     */
    record Remote(HubReference reference) implements ModelSource {
        @Override
        public String label() {
            return reference.label();
        }
    }

    /**
     * A model that a remote service runs; nothing is downloaded.
     *
     * @param name its reference, {@code replicate:owner/name} or {@code replicate:owner/name:version}
     */
    record Service(String name) implements ModelSource {
        @Override
        public String label() {
            return name;
        }
    }

    /**
     * A folder with {@code model_index.json}, in the layout of the diffusers library.
     *
     * @param folder the folder
     */
    record DiffusionFolder(Path folder) implements ModelSource {
        @Override
        public String label() {
            return folder.toString();
        }
    }

    /**
     * A single ONNX file.
     *
     * @param file the file
     */
    record OnnxFile(Path file) implements ModelSource {
        @Override
        public String label() {
            return file.toString();
        }
    }
}
