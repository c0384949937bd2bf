package fathom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import fathom.cli.models.ModelTable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares the table of {@code docs/models.md} with the list of known models. */
class ModelsPageTest {
    private static final String BEGIN = "<!-- models: written by `fathom models list --markdown` -->\n";
    private static final String END = "<!-- /models -->";

    @Test
    void tableEqualsTheListOfKnownModels() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "models.md"));
        assertThat(page).contains(BEGIN, END);
        String table = page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));
        assertThat(table.strip())
                .as("docs/models.md: put the output of `fathom models list --markdown` between the two comments")
                .isEqualTo(ModelTable.markdown().strip());
    }
}
