package fathom.evaluation.protocols;

import java.io.IOException;
import java.io.InputStream;

import fathom.evaluation.steps.Step;
import fathom.formats.json.JsonValue;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ProtocolSchemaTest {
    private final JsonNode schema = JsonMapper.builder().build().readTree(ProtocolSchema.json().canonical());

    /** Checks the part of JSON Schema that the schema uses. */
    private static void check(JsonNode schema, JsonNode value, String at) {
        if (schema.has("anyOf")) {
            boolean number = value.isNumber();
            check(schema.get("anyOf").get(number ? 0 : 1), value, at);
            return;
        }
        if (schema.has("enum")) {
            assertThat(schema.get("enum").valueStream().map(JsonNode::asString)).as(at).contains(value.asString());
        }
        switch (schema.path("type").asString("")) {
            case "object" -> {
                assertThat(value.isObject()).as(at).isTrue();
                schema.path("required").forEach(key -> assertThat(value.has(key.asString())).as(at).isTrue());
                value.properties().forEach(entry -> {
                    JsonNode property = schema.get("properties").get(entry.getKey());
                    assertThat(property).as(at + "." + entry.getKey()).isNotNull();
                    check(property, entry.getValue(), at + "." + entry.getKey());
                });
            }
            case "array" -> value.forEach(item -> check(schema.get("items"), item, at + "[]"));
            case "string" -> assertThat(value.isString()).as(at).isTrue();
            case "number" -> assertThat(value.isNumber()).as(at).isTrue();
            case "boolean" -> assertThat(value.isBoolean()).as(at).isTrue();
            default -> assertThat(schema.has("enum") || schema.has("const")).as(at).isTrue();
        }
    }

    @Test
    void everyBuiltInProtocolMeetsTheSchema() throws IOException {
        for (Protocol protocol : Protocol.all()) {
            if (protocol instanceof StepProtocol) {
                try (InputStream in = StepProtocol.class.getResourceAsStream(protocol.name() + ".yaml")) {
                    assertThat(in).as(protocol.name()).isNotNull();
                    check(schema, YAMLMapper.builder().build().readTree(in.readAllBytes()), protocol.name());
                }
            }
        }
    }

    @Test
    void everyStepOfTheBuiltInProtocolsIsInTheSchema() {
        JsonNode steps = schema.get("properties").get("steps").get("items").get("properties");
        for (Protocol protocol : Protocol.all()) {
            if (protocol instanceof StepProtocol known) {
                assertThat(known.steps()).allMatch(step -> steps.has(step.key()));
            }
        }
        assertThat(steps.propertyNames()).hasSize(Step.class.getPermittedSubclasses().length);
    }

    @Test
    void theSchemaIsJson() {
        assertThat(ProtocolSchema.json()).isInstanceOf(JsonValue.Members.class);
        assertThat(schema.get("additionalProperties").asBoolean()).isFalse();
    }
}
