package fathom.cli;

import java.io.PrintWriter;

import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The {@code --json} option of every listing, and its writer. */
final class JsonOutput {
    @Option(names = "--json", description = "Print JSON instead of text.")
    boolean wanted;

    /** Prints {@code value}, made of records, lists, maps, text and numbers, as indented JSON. */
    static void print(PrintWriter out, Object value) {
        out.println(JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(value));
    }
}
