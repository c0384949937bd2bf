package fathom.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

import fathom.datasets.readers.ImportOptions;
import fathom.datasets.readers.Scene;
import fathom.datasets.readers.SceneReaders;
import fathom.formats.images.Images;
import fathom.formats.images.NumberFiles;
import fathom.formats.jpeg.Jpeg;
import fathom.formats.json.JsonValue;
import fathom.formats.npy.Npz;
import fathom.formats.png.Png;
import fathom.graph.DataType;
import fathom.graph.GraphBuilder;
import fathom.graph.Port;
import fathom.graph.Shape;
import fathom.models.Architecture;
import fathom.models.ModelOptions;
import fathom.models.marigold.SchedulerConfig;
import fathom.models.onnx.OnnxDepthModel;
import fathom.models.onnx.file.OnnxFile;
import fathom.models.registry.Architectures;
import fathom.models.registry.UpstreamCheckpoints;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.weights.Checkpoint;
import fathom.weights.KerasFile;
import fathom.weights.Settings;
import fathom.weights.StoredTensor;

/** The readers of the program, each with its seeds. A reader that is added to the program is added here. */
final class Subjects {
    private static final List<String> CONFIGURED = List.of("dpt_vit", "dpt_hybrid", "dpt_swinv2", "dpt_beit",
            "depth_anything", "depth_pro", "zoedepth", "da3_mono");
    private static final int MAX_TENSOR = 1 << 22;
    private static final int UPSTREAM_BYTES = 1_200_000;

    private final Path project;
    private final Path folder;

    private Subjects(Path project, Path folder) {
        this.project = project;
        this.folder = folder;
    }

    /** Makes a reader, which can need files next to the mutant. */
    @FunctionalInterface
    private interface Making {
        Subject make() throws IOException;
    }

    /**
     * Returns the names of all readers.
     *
     * @param project the root of the source tree
     */
    static List<String> names(Path project) {
        return List.copyOf(new Subjects(project, project).makings().keySet());
    }

    /**
     * Returns a reader.
     *
     * @param project the root of the source tree, for seeds
     * @param folder a folder for the files that the reader needs next to the mutant
     * @param name the name of the reader
     */
    static Subject named(Path project, Path folder, String name) throws IOException {
        Making making = new Subjects(project, folder).makings().get(name);
        if (making == null) {
            throw new IllegalArgumentException(
                    "reader: expected one of " + String.join(", ", names(project)) + ", found " + name);
        }
        return making.make();
    }

    private SequencedMap<String, Making> makings() {
        SequencedMap<String, Making> all = new LinkedHashMap<>();
        all.put("png", () -> new Subject("png", "x.png", pngs(), picture()));
        all.put("jpeg", () -> new Subject("jpeg", "x.jpg", jpegs(), picture()));
        all.put("metadata", () -> new Subject("metadata", "x.jpg", metadata(), picture()));
        all.put("pnm", () -> new Subject("pnm", "x.pgm", pnms(), picture()));
        all.put("pfm", () -> new Subject("pfm", "x.pfm", pfms(), NumberFiles::readPlane));
        all.put("npy", () -> new Subject("npy", "x.npy", Seeds.files(project, ".npy"), NumberFiles::readPlane));
        all.put("npz", () -> new Subject("npz", "x.npz", Seeds.files(project, ".npz"), Subjects::readNpz));
        all.put("json", () -> new Subject("json", "x.json", Seeds.files(project, ".json"),
                file -> JsonValue.parse(Files.readString(file, StandardCharsets.ISO_8859_1), file.toString())));
        all.put("safetensors", () -> new Subject("safetensors", "x.safetensors", Seeds.files(project, ".safetensors"),
                Subjects::readCheckpoint));
        all.put("torch", () -> new Subject("torch", "x.pt", torches(), Subjects::readCheckpoint));
        all.put("upstream", () -> new Subject("upstream", "x.pth",
                Seeds.files(project, UPSTREAM_BYTES, "vits.pth", "midas/dpt_large_384.pt", "moge2/model.pt"),
                file -> UpstreamCheckpoints.open(file, ModelOptions.of(Map.of("version", "2", "max_depth", "0")))));
        all.put("keras", () -> new Subject("keras", "x.h5", Seeds.files(project, ".h5", ".hdf5"), KerasFile::read));
        all.put("onnx", () -> new Subject("onnx", "x.onnx", Seeds.files(project, ".onnx"),
                file -> OnnxFile.read(file).withAbsoluteLocations()));
        all.put("description", () -> new Subject("description", "model.yaml", descriptions(), description()));
        all.put("camera", () -> new Subject("camera", "K.txt", cameras(), camera()));
        all.put("scheduler", () -> new Subject("scheduler", "scheduler_config.json",
                Seeds.files(project, "scheduler_config.json"), SchedulerConfig::read));
        for (String model : CONFIGURED) {
            all.put("config-" + model, () -> configuration(model));
            Path preprocessor = project.resolve("goldens").resolve(model).resolve("preprocessor_config.json");
            if (Files.exists(preprocessor)) {
                all.put("preprocessor-" + model, () -> preprocessing(model, preprocessor));
            }
        }
        return all;
    }

    /** Reads the header only, then all as RGB, then all as integers. */
    private static List<Subject.Reading> picture() {
        return List.of(Images::probe, Images::readRgb, Images::readGray);
    }

    private static void readNpz(Path file) throws IOException {
        for (String name : Npz.names(file)) {
            Npz.read(file, name);
        }
    }

    private static void readCheckpoint(Path file) throws IOException {
        Checkpoint checkpoint = Checkpoint.openFile(file);
        for (StoredTensor tensor : checkpoint.tensors()) {
            if (tensor.shape().elements() < MAX_TENSOR) {
                checkpoint.floats(tensor);
            }
        }
        checkpoint.requireFinite();
    }

    private List<byte[]> pngs() throws IOException {
        List<byte[]> seeds = new ArrayList<>(Seeds.pictures(project, ".png"));
        Path file = folder.resolve("seed.png");
        Png.writeGray16(file, Plane.allocate(5, 7));
        seeds.add(Files.readAllBytes(file));
        return seeds;
    }

    private List<byte[]> jpegs() throws IOException {
        List<byte[]> seeds = new ArrayList<>(Seeds.pictures(project, ".jpg", ".jpeg"));
        seeds.add(Jpeg.encode(RgbImage.allocate(24, 40), 90));
        return seeds;
    }

    /** Returns pictures with orientation in Exif, XMP and PNG. */
    private List<byte[]> metadata() throws IOException {
        byte[] jpeg = Jpeg.encode(RgbImage.allocate(8, 16), 90);
        byte[] exif = ("Exif\0\0MM\0*\0\0\0\u0008\0\u0002\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006\0\0"
                + "\u0087i\0\u0004\0\0\0\u0001\0\0\0&\0\0\0\0\0\0\0\0").getBytes(StandardCharsets.ISO_8859_1);
        byte[] xmp = ("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF><rdf:Description "
                + "tiff:Orientation=\"6\"/></rdf:RDF></x:xmpmeta>").getBytes(StandardCharsets.ISO_8859_1);
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(Seeds.withSegment(jpeg, 0xE1, exif));
        seeds.add(Seeds.withSegment(jpeg, 0xE1, xmp));
        return seeds;
    }

    private static List<byte[]> pnms() {
        return Seeds.texts(200, "P5\n8 6\n255\n", "P5 4 6 65535\n", "P6\n# comment\n6 8\n255\n",
                "P2\n3 2\n255\n1 2 3 4 5 6\n", "P3 1 2 255\n1 2 3 4 5 6\n", "P1\n4 2\n1 0 1 0 0 1 0 1\n", "P4\n16 4\n",
                "P7\nWIDTH 4\nHEIGHT 4\nDEPTH 3\nMAXVAL 255\nTUPLTYPE RGB\nENDHDR\n");
    }

    private static List<byte[]> pfms() {
        return Seeds.texts(192, "Pf\n8 6\n-1.0\n", "PF\n4 4\n1.0\n", "Pf\n6 8\n2.5\n");
    }

    private List<byte[]> torches() throws IOException {
        List<byte[]> seeds = new ArrayList<>(Seeds.files(project, ".pt", ".bin"));
        seeds.removeIf(seed -> seed.length < 500);
        return seeds;
    }

    private static List<byte[]> descriptions() {
        return Seeds.texts(0, """
                kind: metric
                unit: m
                input: x
                output: y
                layout: NCHW
                channels: RGB
                scale: 0.00392157
                mean: [0.485, 0.456, 0.406]
                std: [0.229, 0.224, 0.225]
                height: 384
                width: 512
                """, "kind: affine-invariant-inverse\nmultiple: 14\n", "{\"kind\": \"metric\", \"std\": [1, 1, 1]}\n");
    }

    private Subject.Reading description() throws IOException {
        Path model = folder.resolve("description");
        Files.createDirectories(model);
        Path onnx = model.resolve("model.onnx");
        Files.copy(project.resolve("cases/models/onnx-five-axes/model.onnx"), onnx);
        List<Port> inputs = List.of(new Port("x", Optional.of(DataType.FLOAT32), List.of(1L, 3L, -1L, -1L)));
        List<Port> outputs = List.of(new Port("y", Optional.of(DataType.FLOAT32), List.of(1L, 1L, -1L, -1L)));
        return file -> {
            Files.write(model.resolve("model.yaml"), Files.readAllBytes(file));
            OnnxDepthModel.of(OnnxFile.read(onnx), inputs, outputs, ModelOptions.NONE);
        };
    }

    private static List<byte[]> cameras() {
        return Seeds.texts(0, "525 0 319.5\n0 525 239.5\n0 0 1\n", "525 525 319.5 239.5\n",
                "525,0,319.5,0,525,239.5,0,0,1", "525 0 4 0\n0 525 3 0\n0 0 1 0\n0 0 0 1\n");
    }

    private Subject.Reading camera() throws IOException {
        Path pairs = folder.resolve("camera");
        Files.createDirectories(pairs.resolve("rgb"));
        Files.createDirectories(pairs.resolve("depth"));
        Png.writeRgb(pairs.resolve("rgb/a.png"), RgbImage.allocate(6, 8));
        Png.writeGray16(pairs.resolve("depth/a.png"), Plane.allocate(6, 8));
        return file -> {
            for (Scene scene : SceneReaders.named("pairs").find(pairs,
                    ImportOptions.DEFAULT.withUnitsPerMetre(1000).withIntrinsics(file))) {
                scene.name();
            }
        };
    }

    private Subject configuration(String model) throws IOException {
        Path golden = project.resolve("goldens").resolve(model);
        Checkpoint weights = Checkpoint.open(golden);
        return new Subject("config-" + model, "config.json", List.of(Files.readAllBytes(golden.resolve("config.json"))),
                file -> build(Architectures.of(Settings.read(file), weights, ModelOptions.NONE)));
    }

    private static void build(Architecture architecture) {
        GraphBuilder g = new GraphBuilder("mutant");
        int side = architecture.trainedInput();
        architecture.build(g, g.input("pixels", DataType.FLOAT32, Shape.of(1, 3, side, side)));
    }

    private Subject preprocessing(String model, Path preprocessor) throws IOException {
        Path golden = project.resolve("goldens").resolve(model);
        Architecture architecture = Architectures.of(Settings.read(golden.resolve("config.json")),
                Checkpoint.open(golden), ModelOptions.NONE);
        return new Subject("preprocessor-" + model, "preprocessor_config.json",
                List.of(Files.readAllBytes(preprocessor)), file -> architecture.preparation(Settings.read(file)));
    }
}
