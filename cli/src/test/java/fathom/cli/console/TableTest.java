package fathom.cli.console;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TableTest {
    @Test
    void wordsAreLeftAlignedAndNumbersRightAligned() {
        Table table = new Table("name", "samples", "size").row("a", 7, "1.5 kB").row("longer", 1200, "12 B");
        assertThat(table).hasToString("""
                name    samples    size
                a             7  1.5 kB
                longer     1200    12 B
                """);
    }

    @Test
    void rowOfTheWrongLengthIsRejected() {
        assertThatThrownBy(() -> new Table("a", "b").row(1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 2, found 1");
    }
}
