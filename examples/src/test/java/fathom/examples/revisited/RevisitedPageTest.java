package fathom.examples.revisited;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares {@code docs/the-article-revisited.md} with what its program computes. */
class RevisitedPageTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern PICTURE = Pattern.compile("\\]\\((images/[^)]+)\\)");
    private static final int MAX_BYTES = 400_000;

    @Test
    void pageEqualsWhatTheProgramComputes() throws Exception {
        List<Scene> scenes = Scene.rooms(RevisitArticle.ROOMS, RevisitArticle.SEED);
        assertThat(Files.readString(DOCS.resolve("the-article-revisited.md")))
                .as("docs/the-article-revisited.md: run mvn -pl examples -am -Previsit process-classes")
                .startsWith(RevisitedPage.write(scenes, RevisitArticle.protocols()));
    }

    @Tag("photographs")
    @Test
    void lastSectionEqualsWhatTheProgramComputesFromRealScenes() throws Exception {
        Path folder = Path.of(System.getProperty("fathom.shared", "")).resolve("data/sunrgbd");
        Assumptions.assumeTrue(Files.isDirectory(folder),
                "SKIPPED: this test reads scenes of SUN RGB-D, which are not in " + folder.toAbsolutePath()
                        + "; set -Dfathom.shared to the folder that holds data");
        assertThat(Files.readString(DOCS.resolve("the-article-revisited.md"))).endsWith(RevisitArticle.real(folder));
    }

    @Test
    void picturesOfThePageExistAndAreSmall() throws Exception {
        List<Path> pictures = PICTURE.matcher(Files.readString(DOCS.resolve("the-article-revisited.md"))).results()
                .map(match -> DOCS.resolve(match.group(1))).toList();
        assertThat(pictures).hasSizeGreaterThan(1).allSatisfy(picture -> assertThat(picture).isNotEmptyFile());
        long bytes = 0;
        for (Path picture : pictures) {
            bytes += Files.size(picture);
        }
        assertThat(bytes).isLessThan(MAX_BYTES);
    }
}
