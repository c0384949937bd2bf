package fathom.models.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import fathom.hub.HubReference;

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
     * @param resource where it lies beside this class
     * @param origin the package and version that it was taken from
     */
    record Packaged(String name, String resource, String origin) implements ModelSource {
        @Override
        public String label() {
            return origin;
        }

        /** The ONNX file. */
        public byte[] read() {
            try (InputStream stream = ModelSource.class.getResourceAsStream(resource)) {
                if (stream == null) {
                    throw new IllegalStateException("the packaged weights " + resource
                            + " are missing from this build; build it again with npm at hand");
                }
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException("reading the packaged weights " + resource, e);
            }
        }
    }

    /** A folder with {@code config.json} and weights, laid out as on the Hugging Face hub. */
    record CheckpointFolder(Path folder) implements ModelSource {
        @Override
        public String label() {
            return folder.toString();
        }
    }

    /** A weight file without a configuration, as an author's own repository publishes it. */
    record CheckpointFile(Path file) implements ModelSource {
        @Override
        public String label() {
            return file.toString();
        }
    }

    /** Something on the hub or elsewhere on the network, to be fetched into the cache first. */
    record Remote(HubReference reference) implements ModelSource {
        @Override
        public String label() {
            return reference.label();
        }
    }

    /**
     * A model that a service runs elsewhere; nothing of it is fetched.
     *
     * @param name how it is asked for, {@code replicate:owner/name} or {@code replicate:owner/name:version}
     */
    record Service(String name) implements ModelSource {
        @Override
        public String label() {
            return name;
        }
    }

    /** A folder with {@code model_index.json}, laid out as by the diffusers library. */
    record DiffusionFolder(Path folder) implements ModelSource {
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
