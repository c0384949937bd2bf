package fathom.models.dpt;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import fathom.models.Architecture;
import fathom.models.ModelOptions;
import fathom.models.UpstreamCheckpoint;
import fathom.models.registry.Architectures;
import fathom.models.registry.UpstreamCheckpoints;
import fathom.raster.DepthKind;
import fathom.weights.CheckpointException;
import fathom.weights.StoredTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The published networks in their full sizes, from {@code goldens/midas_names}: names and shapes in the authors' code,
 * and the corresponding names of the Hub by transformers' converters. The files are sparse and contain no weights.
 */
class MidasNamesTest {
    private static final Pattern RANGE = Pattern.compile("\\{(\\d+)-(\\d+)\\}");

    @TempDir
    private Path folder;

    /** A tensor of an author's file: {@code parts} are the Hub's names with the rows of each. */
    private record Line(String name, String type, int[] shape, List<String> parts) {
        int rowElements() {
            int product = 1;
            for (int axis = 1; axis < shape.length; axis++) {
                product *= shape[axis];
            }
            return product;
        }

        long bytes() {
            return (long) shape[0] * rowElements() * (type.equals("I64") ? 8 : 4);
        }
    }

    private static List<Line> lines(String network) throws IOException {
        List<Line> lines = new ArrayList<>();
        Path file = Path.of(System.getProperty("fathom.goldens"), "midas_names", "midas_names.txt");
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            boolean inSection = false;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("= ")) {
                    inSection = line.equals("= " + network);
                } else if (inSection) {
                    expand(line, lines);
                }
            }
        }
        assertThat(lines).as(network).isNotEmpty();
        return lines;
    }

    private static void expand(String line, List<Line> into) {
        Matcher range = RANGE.matcher(line);
        if (range.find()) {
            for (int i = Integer.parseInt(range.group(1)); i <= Integer.parseInt(range.group(2)); i++) {
                into.add(parse(line.replace(range.group(), Integer.toString(i))));
            }
        } else {
            into.add(parse(line));
        }
    }

    private static Line parse(String line) {
        List<String> fields = List.of(line.split(" ", -1));
        int[] shape = Arrays.stream(fields.get(2).split(",", -1)).mapToInt(Integer::parseInt).toArray();
        return new Line(fields.get(0), fields.get(1), shape,
                fields.get(3).equals("-") ? List.of() : fields.subList(3, fields.size()));
    }

    /** Writes a safetensors file of {@code lines} with zeros that take no space; returns the offset of each tensor. */
    private static Map<String, Long> write(Path file, List<Line> lines) throws IOException {
        StringBuilder header = new StringBuilder("{");
        Map<String, Long> starts = new LinkedHashMap<>();
        long at = 0;
        for (Line line : lines) {
            starts.put(line.name, at);
            header.append(header.length() == 1 ? "" : ",").append('"').append(line.name).append("\":{\"dtype\":\"")
                    .append(line.type).append("\",\"shape\":").append(Arrays.toString(line.shape))
                    .append(",\"data_offsets\":[").append(at).append(',').append(at + line.bytes()).append("]}");
            at += line.bytes();
        }
        while (header.length() % 8 != 7) {
            header.append(' ');
        }
        byte[] json = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array());
            out.write(json);
            out.setLength(8L + json.length + at);
        }
        starts.replaceAll((name, start) -> start + 8 + json.length);
        return starts;
    }

    @ParameterizedTest
    @CsvSource({"dpt_large_384, 344, 384", "dpt_hybrid_384, 123, 384", "dpt_beit_base_384, 112, 384",
            "dpt_beit_large_384, 344, 384", "dpt_beit_large_512, 345, 512", "dpt_swin2_tiny_256, 42, 256",
            "dpt_swin2_base_384, 102, 384", "dpt_swin2_large_384, 213, 384"})
    void tensorsEqualThoseOfTheConverters(String network, int millions, int side) throws IOException {
        List<Line> lines = lines(network);
        Path file = folder.resolve(network + ".safetensors");
        Map<String, Long> starts = write(file, lines);
        Map<String, String> expected = new TreeMap<>();
        for (Line line : lines) {
            for (String part : line.parts) {
                Matcher fields = Pattern.compile("(.+)@(\\d+)\\+(\\d+)").matcher(part);
                assertThat(fields.matches()).isTrue();
                int[] shape = line.shape.clone();
                shape[0] = Integer.parseInt(fields.group(3));
                long row = Integer.parseInt(fields.group(2));
                expected.put(fields.group(1), Arrays.toString(shape) + " at "
                        + (Objects.requireNonNull(starts.get(line.name)) + row * line.rowElements() * 4));
            }
        }
        UpstreamCheckpoint original = UpstreamCheckpoints.open(file, ModelOptions.NONE);
        Map<String, String> found = new TreeMap<>();
        for (StoredTensor tensor : original.weights().tensors()) {
            found.put(tensor.name(), Arrays.toString(tensor.shape().toArray()) + " at " + tensor.offset());
        }
        assertThat(found).isEqualTo(expected);

        Architecture architecture = Architectures.of(original.config(), original.weights(), ModelOptions.NONE);
        assertThat(architecture.kind()).isEqualTo(DepthKind.AFFINE_INVERSE);
        assertThat(architecture.preparation(original.preprocessor()).policy()).isEqualTo(network.contains("swin")
                ? "resized to " + side + "×" + side + ", multiples of 32, opencv-cubic of floats"
                : "resized in proportion towards " + side + "×" + side + ", multiples of 32, opencv-cubic of floats");
        // MiDaS's table includes the classifier.
        long classifier = lines.stream()
                .filter(line -> line.parts.isEmpty() && line.type.equals("F32") && !line.name.endsWith("attn_mask"))
                .mapToLong(Line::bytes).sum() / 4;
        assertThat(Math.round((original.weights().parameters() + classifier) / 1e6)).isEqualTo(millions);
    }

    @ParameterizedTest
    @CsvSource({"pretrained.model.layers.0.blocks.0.attn.relative_position_bias_table, first version of Swin",
            "scratch.stem_transpose.0.c.weight, LeViT", "pretrained.model.features.0.norm.weight, Next-ViT",
            "pretrained.layer1.0.weight, convolutional", "pretrained.model.conv_stem.weight, unknown trunk"})
    void otherNetworksOfTheAuthorsAreRefusedByName(String witness, String said) throws IOException {
        Path file = folder.resolve("network.safetensors");
        write(file,
                List.of(new Line("scratch.layer1_rn.weight", "F32", new int[]{8, 4, 3, 3}, List.of()),
                        new Line("pretrained.model.head.weight", "F32", new int[]{2, 2}, List.of()),
                        new Line(witness, "F32", new int[]{4, 4}, List.of())));
        assertThatThrownBy(() -> UpstreamCheckpoints.open(file, ModelOptions.NONE))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll("network.safetensors", said, "dpt_large_384.pt");
    }

    @Test
    void headOfDinov2WithoutItsBackboneIsRefused() throws IOException {
        Path file = folder.resolve("dinov2_vits14_nyu_dpt_head.safetensors");
        write(file, List.of(new Line("decode_head.reassemble_blocks.projects.0.conv.weight", "F32",
                new int[]{48, 384, 1, 1}, List.of())));
        assertRefused(file, "head of DINOv2", "facebook/dpt-dinov2-small-nyu");
    }

    @Test
    void unknownNamesAreRefused() throws IOException {
        Path file = folder.resolve("network.safetensors");
        write(file, List.of(new Line("encoder.0.weight", "F32", new int[]{4, 4}, List.of())));
        assertRefused(file, "network.safetensors", "MiDaS (DPT)", "config.json");
    }

    private Path changed(String network, String name, Optional<int[]> shape) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (Line line : lines(network)) {
            if (!line.name.equals(name)) {
                lines.add(line);
            } else if (shape.isPresent()) {
                lines.add(new Line(name, line.type, shape.get(), List.of()));
            }
        }
        Path file = folder.resolve(network + ".safetensors");
        write(file, lines);
        return file;
    }

    private static void assertRefused(Path file, String... said) {
        assertThatThrownBy(() -> {
            UpstreamCheckpoint original = UpstreamCheckpoints.open(file, ModelOptions.NONE);
            Architectures.of(original.config(), original.weights(), ModelOptions.NONE);
        }).isInstanceOf(CheckpointException.class).hasMessageContainingAll(said);
    }

    @Test
    void missingTensorsAreNamed() throws IOException {
        assertRefused(changed("dpt_hybrid_384", "scratch.layer3_rn.weight", Optional.empty()),
                "scratch.layer3_rn.weight", "found none");
        assertRefused(changed("dpt_beit_base_384", "pretrained.model.blocks.7.attn.v_bias", Optional.empty()),
                "layer.7.attention.attention.value.bias", "found none");
        assertRefused(
                changed("dpt_swin2_tiny_256", "pretrained.model.layers.2.blocks.0.attn.logit_scale", Optional.empty()),
                "layers.2.blocks.0.attn.logit_scale");
    }

    @Test
    void wrongShapesAreNamed() throws IOException {
        assertRefused(changed("dpt_hybrid_384", "pretrained.model.pos_embed", Optional.of(new int[]{1, 578, 768})),
                "pretrained.model.pos_embed", "square", "578");
        assertRefused(changed("dpt_hybrid_384", "pretrained.model.pos_embed", Optional.of(new int[]{1, 577, 760})),
                "multiples of 64", "760");
        assertRefused(changed("dpt_beit_base_384", "pretrained.model.blocks.0.attn.relative_position_bias_table",
                Optional.of(new int[]{2213, 12})), "relative_position_bias_table", "2213");
        assertRefused(changed("dpt_swin2_tiny_256", "pretrained.model.patch_embed.proj.weight",
                Optional.of(new int[]{64, 3, 4, 4})), "dpt_swin2_tiny_256", "[64");
        assertRefused(changed("dpt_beit_base_384", "pretrained.model.blocks.3.attn.qkv.weight",
                Optional.of(new int[]{2305, 768})), "layer.3.attention.attention.query.weight", "found none");
    }

    @Test
    void numberOfBlocksThatIsNoMultipleOfFourIsRejected() throws IOException {
        assertRefused(changed("dpt_hybrid_384", "pretrained.model.blocks.11.norm1.weight", Optional.empty()), "blocks",
                "multiple of 4", "11");
    }

    @Test
    void segmentationNetworkIsRejected() throws IOException {
        assertRefused(changed("dpt_hybrid_384", "scratch.output_conv.4.weight", Optional.of(new int[]{150, 256, 1, 1})),
                "expected one output", "150", "segmentation");
    }

    @Test
    void absoluteAndRelativePositionsTogetherAreRejected() throws IOException {
        List<Line> lines = new ArrayList<>(lines("dpt_beit_base_384"));
        lines.add(new Line("pretrained.model.pos_embed", "F32", new int[]{1, 577, 768}, List.of()));
        Path file = folder.resolve("dpt_beit_base_384.safetensors");
        write(file, lines);
        assertRefused(file, "use_absolute_position_embeddings");
    }
}
