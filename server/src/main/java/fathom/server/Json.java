package fathom.server;

import tools.jackson.databind.json.JsonMapper;

/** The records of {@code wire} as JSON text in UTF-8. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static byte[] bytes(Object wire) {
        return MAPPER.writeValueAsBytes(wire);
    }
}
