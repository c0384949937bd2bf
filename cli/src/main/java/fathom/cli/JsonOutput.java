package fathom.cli;

import java.io.PrintWriter;

import fathom.raster.advice.Remedy;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** The {@code --json} option of every listing, and its writer. */
final class JsonOutput {
    @Option(names = "--json", description = "Print JSON instead of text.")
    boolean wanted;

    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
            .addModule(new SimpleModule().addSerializer(Remedy.class, new RemedySerializer())).build();

    /** Prints {@code value}, made of records, lists, maps, text and numbers, as indented JSON; a remedy is its text. */
    static void print(PrintWriter out, Object value) {
        out.println(JSON.writeValueAsString(value));
    }

    private static final class RemedySerializer extends ValueSerializer<Remedy> {
        @Override
        public void serialize(Remedy remedy, JsonGenerator generator, SerializationContext context) {
            generator.writeString(RemedyText.of(remedy));
        }
    }
}
