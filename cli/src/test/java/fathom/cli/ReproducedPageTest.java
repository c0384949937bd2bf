package fathom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import fathom.workbench.reproduce.PublishedScores;
import fathom.workbench.reproduce.ReproducedPage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares the tables of {@code docs/reproduced.md} with the pinned published scores. */
class ReproducedPageTest {
    private static final String BEGIN = "<!-- reproduced: written by `fathom reproduce --list --markdown` -->\n";
    private static final String END = "<!-- /reproduced -->";

    @Test
    void tablesEqualThePinnedScores() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "reproduced.md"));
        assertThat(page).contains(BEGIN, END);
        String tables = page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));
        assertThat(tables.strip()).as(
                "docs/reproduced.md: put the output of `fathom reproduce --list --markdown` between the two comments")
                .isEqualTo(ReproducedPage.markdown(PublishedScores.load()).strip());
    }
}
