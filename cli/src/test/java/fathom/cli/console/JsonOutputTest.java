package fathom.cli.console;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

import fathom.formats.json.JsonValue;
import fathom.formats.json.JsonValue.Members;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

final class JsonOutputTest {
    record Shown(String name, Members settings) {}

    @Test
    void jsonValuesArePrintedAsJson() {
        StringWriter out = new StringWriter();
        Members settings = Members.NONE.with("size", 384.5).with("mean", JsonValue.ofFloats(List.of(0.5f, 1f)))
                .with("flag", true).with("resize", Members.NONE.with("fit", "pad"));
        JsonOutput.print(new PrintWriter(out, true), new Shown("dpt", settings));

        assertThat(JsonMapper.shared().readTree(out.toString())).isEqualTo(JsonMapper.shared().readTree(
                "{\"name\":\"dpt\",\"settings\":{\"flag\":true,\"mean\":[0.5,1.0],\"resize\":{\"fit\":\"pad\"},"
                        + "\"size\":384.5}}"));
    }
}
