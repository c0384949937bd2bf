package fathom.cli.console;

import java.io.PrintWriter;

import fathom.formats.json.JsonValue;
import fathom.raster.advice.Remedy;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** The {@code --json} option of commands that print results, and the JSON writer. */
public final class JsonOutput {
    @Option(names = "--json", description = "Print JSON instead of text.")
    private boolean requested;

    private static final JsonMapper JSON = JsonMapper
            .builder().enable(SerializationFeature.INDENT_OUTPUT).addModule(new SimpleModule()
                    .addSerializer(Remedy.class, new RemedySerializer()).addSerializer(JsonValue.class, new Values()))
            .build();

    /** {@return whether {@code --json} was given} */
    public boolean isRequested() {
        return requested;
    }

    /**
     * Prints a value as indented JSON. A remedy is printed as its text.
     *
     * @param out where to print
     * @param value records, lists, maps, text, numbers or JSON values
     */
    public static void print(PrintWriter out, Object value) {
        out.println(TerminalText.json(JSON.writeValueAsString(value)));
    }

    /**
     * Returns JSON without characters that a terminal interprets; they are escaped.
     *
     * @param json a JSON text
     * @return an equal JSON text
     */
    public static String escaped(String json) {
        return TerminalText.json(json);
    }

    private static final class RemedySerializer extends ValueSerializer<Remedy> {
        @Override
        public void serialize(Remedy remedy, JsonGenerator generator, SerializationContext context) {
            generator.writeString(RemedyText.of(remedy));
        }
    }

    /** Writes a {@link JsonValue} as the JSON that it represents, not as a record. */
    private static final class Values extends ValueSerializer<JsonValue> {
        @Override
        public void serialize(JsonValue value, JsonGenerator out, SerializationContext context) {
            switch (value) {
                case JsonValue.Text(var text) -> out.writeString(text);
                case JsonValue.Numeral(var number) -> out.writeNumber(number);
                case JsonValue.Flag(var flag) -> out.writeBoolean(flag);
                case JsonValue.Items(var items) -> {
                    out.writeStartArray();
                    items.forEach(item -> serialize(item, out, context));
                    out.writeEndArray();
                }
                case JsonValue.Members(var members) -> {
                    out.writeStartObject();
                    members.forEach((name, member) -> {
                        out.writeName(name);
                        serialize(member, out, context);
                    });
                    out.writeEndObject();
                }
            }
        }
    }
}
