package fathom.evaluation.protocols;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The protocols that the program brings along: those of the article in Java, the others as YAML resources. */
final class BuiltInProtocols {
    private static final List<String> RESOURCES = List.of("metric", "aligned", "nyu-eigen", "kitti-garg",
            "kitti-eigen-marigold", "midas-zero-shot", "marigold", "depth-anything", "zoedepth", "unidepth",
            "monodepth2", "bts", "densedepth", "fastdepth", "diode", "eth3d", "kitti-devkit", "mdec", "plumbline",
            "dust3r-lineage", "moge-eval", "ibims1", "depth-pro-boundaries", "evalmde", "ultralytics",
            "ultralytics-pooled", "ultralytics-metric");

    static final List<Protocol> ALL = load();

    private BuiltInProtocols() {}

    private static List<Protocol> load() {
        List<Protocol> all = new ArrayList<>(List.of(new ArticleProtocol(), new ArticleFixedProtocol(),
                new ArticleAlignedProtocol(), new ArraysProtocol()));
        for (String name : RESOURCES) {
            all.add(resource(name + ".yaml"));
        }
        return List.copyOf(all);
    }

    private static StepProtocol resource(String file) {
        try (InputStream in = BuiltInProtocols.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + ": missing from the program's resources");
            }
            return ProtocolFile.read(in.readAllBytes(), file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }
}
