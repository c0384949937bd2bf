package fathom.examples.revisited;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
     * @param arguments the folder {@code docs}, then names of protocols; without names, those of the page
     * @throws Exception if a file cannot be written
     */
    public static void main(String[] arguments) throws Exception {
        List<String> names = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
        write(Path.of(arguments[0]), names.isEmpty() ? RevisitedPage.PROTOCOLS : names);
    }

    private static void write(Path docs, List<String> protocols) throws Exception {
        List<Scene> scenes = Scene.rooms(ROOMS, SEED);
        Path images = Files.createDirectories(docs.resolve("images"));
        Files.writeString(docs.resolve("the-article-revisited.md"),
                RevisitedPage.write(scenes, protocols.stream().map(Protocol::named).toList()), StandardCharsets.UTF_8);
        Png.writeRgb(images.resolve("article-maps.png"), RevisitedPictures.articleMaps(scenes.getFirst()));
        Png.writeRgb(images.resolve("aligned-errors.png"), RevisitedPictures.alignedErrors(scenes.getFirst()));
    }
}
