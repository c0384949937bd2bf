package fathom.examples.revisited;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import fathom.datasets.Datasets;
import fathom.evaluation.protocols.Protocol;
import fathom.formats.png.Png;

/** Writes {@code the-article-revisited.md} and its pictures. */
public final class RevisitArticle {
    /** The number of rooms, the first of the series of {@link #SEED}. */
    static final int ROOMS = 8;
    static final long SEED = 7;

    private RevisitArticle() {}

    /**
     * Writes the page.
     *
     * @param arguments the folder {@code docs}; then, optional, a folder of scenes of SUN RGB-D, whose scores form the last
     *            section
     * @throws Exception if a file cannot be read or written
     */
    public static void main(String[] arguments) throws Exception {
        Path docs = Path.of(arguments[0]);
        List<Scene> scenes = Scene.rooms(ROOMS, SEED);
        Path images = Files.createDirectories(docs.resolve("images"));
        String page = RevisitedPage.write(scenes, protocols());
        Png.writeRgb(images.resolve("article-maps.png"), RevisitedPictures.articleMaps(scenes.getFirst()));
        Png.writeRgb(images.resolve("aligned-errors.png"), RevisitedPictures.alignedErrors(scenes.getFirst()));
        String real = arguments.length > 1 ? real(Path.of(arguments[1])) : "";
        Files.writeString(docs.resolve("the-article-revisited.md"), page + real, StandardCharsets.UTF_8);
    }

    /** Returns the protocols of the page. */
    static List<Protocol> protocols() {
        return RevisitedPage.PROTOCOLS.stream().map(Protocol::named).toList();
    }

    /** Returns the section about the scenes of a folder. */
    static String real(Path sunRgbd) throws Exception {
        Path home = Files.createTempDirectory("revisited");
        try {
            return RevisitedPage.real(Scene.sunRgbd(sunRgbd, home), protocols());
        } finally {
            Datasets.at(home).delete("real");
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
