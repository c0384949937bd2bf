package fathom.cli.console;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Characters that a terminal interprets, in text, tables and JSON. */
class TerminalTextTest {
    private static final String HOSTILE = "a\u001b]0;t\u0007b\u009b2Jc\u007fd\u202ee\u2066f\bg";

    @Test
    void textKeepsLinesAndLosesControls() {
        StringWriter text = new StringWriter();
        PrintWriter out = new Console(new PrintWriter(text), new PrintWriter(text),
                new BufferedReader(new StringReader("")), false, Map.of()).out();
        out.print("ü 深度\n\tx\r\ny\rz " + HOSTILE + "\r");
        out.print("\n");
        out.flush();
        assertThat(text).hasToString("ü 深度\n\tx\r\ny?z a?]0;t?b?2Jc?d?e?f?g\r\n");
    }

    @Test
    void cellsOfTablesAreOneLine() {
        assertThat(new Table("name").row("a\tb\nc\u001b[2J").toString()).contains("a?b?c?[2J");
    }

    @Test
    void jsonEscapesWhatATerminalInterprets() {
        StringWriter text = new StringWriter();
        JsonOutput.print(new PrintWriter(text, true), Map.of("name", HOSTILE + "\u2028"));
        assertThat(text.toString()).contains("\\u001B]0;t\\u0007b\\u009b2Jc\\u007fd\\u202ee\\u2066f\\bg\\u2028")
                .matches("[\\x20-\\x7e\\s]*");
    }
}
