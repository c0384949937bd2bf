package fathom.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import ai.onnx.proto.OnnxMl;
import fathom.graph.DataType;
import fathom.models.onnx.file.OnnxFile;
import fathom.weights.CheckpointException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

/** Every place of an ONNX file that can name a file with weights, and the files that it may name. */
class OnnxPlacesTest {
    private static final String SECRET = "secret.bin";

    @TempDir
    Path folder;

    private static OnnxMl.TensorProto.Builder tensor(String location) {
        return OnnxMl.TensorProto.newBuilder().setName("t").addDims(1).setDataType(1)
                .setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL)
                .addExternalData(OnnxMl.StringStringEntryProto.newBuilder().setKey("location").setValue(location));
    }

    private static OnnxMl.ModelProto.Builder model() throws IOException {
        return OnnxMl.ModelProto.parseFrom(new TinyOnnx().input("x", DataType.FLOAT32, 1, 3, 4, 6)
                .output("y", DataType.FLOAT32, 1, 1, 4, 6).channel("x", 1, 0, "y").toBytes()).toBuilder();
    }

    private static OnnxMl.SparseTensorProto.Builder sparse(String location, boolean inValues) {
        OnnxMl.SparseTensorProto.Builder sparse = OnnxMl.SparseTensorProto.newBuilder().addDims(1);
        return inValues ? sparse.setValues(tensor(location)) : sparse.setIndices(tensor(location));
    }

    private static OnnxMl.NodeProto.Builder node(Consumer<OnnxMl.AttributeProto.Builder> content) {
        OnnxMl.AttributeProto.Builder attribute = OnnxMl.AttributeProto.newBuilder().setName("value");
        content.accept(attribute);
        return OnnxMl.NodeProto.newBuilder().setOpType("Constant").addOutput("c").addAttribute(attribute);
    }

    private static OnnxMl.GraphProto.Builder graph(String location) {
        return OnnxMl.GraphProto.newBuilder().addInitializer(tensor(location));
    }

    private static Map<String, Consumer<OnnxMl.ModelProto.Builder>> places(String at) {
        Map<String, Consumer<OnnxMl.ModelProto.Builder>> places = new LinkedHashMap<>();
        places.put("initializer", model -> model.getGraphBuilder().addInitializer(tensor(at)));
        places.put("sparse values", model -> model.getGraphBuilder().addSparseInitializer(sparse(at, true)));
        places.put("sparse indices", model -> model.getGraphBuilder().addSparseInitializer(sparse(at, false)));
        places.put("attribute t", model -> model.getGraphBuilder().addNode(node(a -> a.setT(tensor(at)))));
        places.put("attribute tensors", model -> model.getGraphBuilder().addNode(node(a -> a.addTensors(tensor(at)))));
        places.put("attribute sparse_tensor",
                model -> model.getGraphBuilder().addNode(node(a -> a.setSparseTensor(sparse(at, true)))));
        places.put("attribute sparse_tensors",
                model -> model.getGraphBuilder().addNode(node(a -> a.addSparseTensors(sparse(at, false)))));
        places.put("attribute g", model -> model.getGraphBuilder().addNode(node(a -> a.setG(graph(at)))));
        places.put("attribute graphs", model -> model.getGraphBuilder().addNode(node(a -> a.addGraphs(graph(at)))));
        places.put("graph in a graph", model -> model.getGraphBuilder().addNode(
                node(a -> a.setG(OnnxMl.GraphProto.newBuilder().addNode(node(inner -> inner.addGraphs(graph(at))))))));
        places.put("function",
                model -> model.addFunctions(OnnxMl.FunctionProto.newBuilder().addNode(node(a -> a.setT(tensor(at))))));
        places.put("training initialization",
                model -> model.addTrainingInfo(OnnxMl.TrainingInfoProto.newBuilder().setInitialization(graph(at))));
        places.put("training algorithm",
                model -> model.addTrainingInfo(OnnxMl.TrainingInfoProto.newBuilder().setAlgorithm(graph(at))));
        return places;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/hostname", "../secret.bin", "a/../../secret.bin", "link.bin", "linked/secret.bin",
            "*/_ORT_MEM_ADDR_/*", ""})
    void fileElsewhereIsRefusedInEveryPlace(String location) throws IOException {
        Path inside = Files.createDirectories(folder.resolve("inside"));
        Files.writeString(folder.resolve(SECRET), "secrets");
        link(inside.resolve("link.bin"), folder.resolve(SECRET));
        link(inside.resolve("linked"), folder);
        for (Map.Entry<String, Consumer<OnnxMl.ModelProto.Builder>> place : places(location).entrySet()) {
            Path file = write(inside, place.getValue());
            assertThatThrownBy(() -> OnnxFile.read(file)).as(place.getKey()).isInstanceOf(CheckpointException.class)
                    .hasMessageStartingWith(file.toString()).hasMessageContaining("expected");
        }
    }

    @Test
    void fileOfTheModelsFolderIsFoundInEveryPlace() throws IOException {
        Files.writeString(folder.resolve("weights.bin"), "weights");
        link(folder.resolve("link.bin"), folder.resolve("weights.bin"));
        for (String location : new String[]{"weights.bin", "link.bin"}) {
            for (Map.Entry<String, Consumer<OnnxMl.ModelProto.Builder>> place : places(location).entrySet()) {
                OnnxFile file = OnnxFile.read(write(folder, place.getValue()));
                assertThat(file.files()).as(place.getKey()).contains(folder.resolve("weights.bin").toRealPath());
                assertThat(new String(file.withAbsoluteLocations(), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(place.getKey()).contains(folder.toRealPath().toString().substring(1) + "/weights.bin");
            }
        }
    }

    @Test
    void secondLocationOfATensorIsRefused() throws IOException {
        Files.writeString(folder.resolve("weights.bin"), "weights");
        Path file = write(folder,
                model -> model.getGraphBuilder().addInitializer(tensor("/etc/hostname").addExternalData(
                        OnnxMl.StringStringEntryProto.newBuilder().setKey("location").setValue("weights.bin"))));
        assertThatThrownBy(() -> OnnxFile.read(file)).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("expected one location");
    }

    @Test
    void linkOfASnapshotIsFollowedToTheBlobsOfItsRepositoryOnly() throws IOException {
        Path snapshot = Files.createDirectories(folder.resolve("hub/models--a--b/snapshots/1/onnx"));
        Path blob = Files.writeString(Files.createDirectories(folder.resolve("hub/models--a--b/blobs")).resolve("a1"),
                "weights");
        Path other = Files.writeString(Files.createDirectories(folder.resolve("hub/models--a--c/blobs")).resolve("a1"),
                "weights");
        Path file = write(snapshot, model -> model.getGraphBuilder().addInitializer(tensor("weights.bin")));
        link(snapshot.resolve("weights.bin"), blob);
        assertThat(OnnxFile.read(file).files()).contains(blob.toRealPath());
        Files.delete(snapshot.resolve("weights.bin"));
        link(snapshot.resolve("weights.bin"), other);
        assertThatThrownBy(() -> OnnxFile.read(file)).hasMessageContaining("a link to " + other.toRealPath());
    }

    @Test
    void blobsThatAreALinkAreNotFollowed() throws IOException {
        Path snapshot = Files.createDirectories(folder.resolve("hub/models--a--b/snapshots/1"));
        Path secret = Files.writeString(folder.resolve(SECRET), "secrets");
        link(folder.resolve("hub/models--a--b/blobs"), folder);
        link(snapshot.resolve("weights.bin"), secret);
        Path file = write(snapshot, model -> model.getGraphBuilder().addInitializer(tensor("weights.bin")));
        assertThatThrownBy(() -> OnnxFile.read(file)).hasMessageContaining("a link to " + secret.toRealPath());
    }

    private static Path write(Path folder, Consumer<OnnxMl.ModelProto.Builder> change) throws IOException {
        OnnxMl.ModelProto.Builder model = model();
        change.accept(model);
        return Files.write(folder.resolve("model.onnx"), model.build().toByteArray());
    }

    private static void link(Path link, Path target) {
        try {
            Files.createSymbolicLink(link, target);
        } catch (IOException | UnsupportedOperationException e) {
            abort("SKIPPED: no symbolic links here: " + e);
        }
    }
}
