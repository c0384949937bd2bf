package fathom.weights;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class ConfigurationHashTest {
    private static Settings settings(String json) {
        return Settings.parse(Path.of("config.json"), json);
    }

    @Test
    void orderWhitespaceAndToolNotesAreIgnored() {
        String hash = ConfigurationHash.of(settings("{\"a\": 1, \"b\": {\"c\": [1, 2.50]}}"));

        assertThat(ConfigurationHash.of(settings("{\"b\":{\"c\":[1.0,2.5]},\"a\":1,\"d\":null}"))).isEqualTo(hash);
        assertThat(ConfigurationHash.of(
                settings("{\"a\":1,\"b\":{\"c\":[1,2.5]},\"transformers_version\":\"4.1\",\"_name_or_path\":\"x\"}")))
                .isEqualTo(hash);
    }

    @Test
    void anyOtherValueChangesTheHash() {
        String hash = ConfigurationHash.of(settings("{\"max_depth\":20}"));

        assertThat(ConfigurationHash.of(settings("{\"max_depth\":80}"))).isNotEqualTo(hash);
        assertThat(ConfigurationHash.of(settings("{\"max_depth\":\"20\"}"))).isNotEqualTo(hash);
        assertThat(ConfigurationHash.of(Map.of("unet", settings("{\"max_depth\":20}")))).isNotEqualTo(hash);
    }
}
