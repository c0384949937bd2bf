package fathom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReadmeTest {
    private static final String BEGIN = "<!-- models: written by `fathom models list --markdown` -->\n";
    private static final String END = "<!-- /models -->";

    @Test
    void tableOfModelsIsTheCatalogue() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        assertThat(readme).contains(BEGIN, END);
        String table = readme.substring(readme.indexOf(BEGIN) + BEGIN.length(), readme.indexOf(END));
        assertThat(table.strip())
                .as("README.md: put the output of `fathom models list --markdown` between the two comments")
                .isEqualTo(ModelTable.markdown().strip());
    }
}
