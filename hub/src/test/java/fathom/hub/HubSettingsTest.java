package fathom.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HubSettingsTest {
    @TempDir
    Path home;

    private HubSettings settings(Map<String, String> environment) {
        return HubSettings.fromEnvironment(environment, home);
    }

    @Test
    void emptyEnvironmentGivesPythonsDefaults() {
        HubSettings settings = settings(Map.of());
        assertThat(settings.endpoint()).isEqualTo(HubSettings.DEFAULT_ENDPOINT);
        assertThat(settings.cache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
        assertThat(settings.token()).isEmpty();
        assertThat(settings.offline()).isFalse();
        assertThat(settings.silenceTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void specificVariableHasPriorityForTheCache() {
        assertThat(settings(Map.of("XDG_CACHE_HOME", "/x")).cache()).isEqualTo(Path.of("/x/huggingface/hub"));
        assertThat(settings(Map.of("XDG_CACHE_HOME", "/x", "HF_HOME", "/h")).cache()).isEqualTo(Path.of("/h/hub"));
        assertThat(settings(Map.of("HF_HOME", "/h", "HF_HUB_CACHE", "~/c")).cache()).isEqualTo(home.resolve("c"));
        assertThat(settings(Map.of("HF_HOME", "")).cache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
    }

    @Test
    void tokenComesFromTheVariableOrTheFile() throws IOException {
        Files.createDirectories(home.resolve("h"));
        Files.writeString(home.resolve("h/token"), "hf_file\n");
        Map<String, String> file = Map.of("HF_HOME", home.resolve("h").toString());
        assertThat(settings(file).token().orElseThrow().authorization()).isEqualTo("Bearer hf_file");
        Map<String, String> both = Map.of("HF_HOME", home.resolve("h").toString(), "HF_TOKEN", "hf_variable");
        assertThat(settings(both).token().orElseThrow().authorization()).isEqualTo("Bearer hf_variable");
        assertThat(settings(both).toString()).doesNotContain("hf_variable");
        Map<String, String> disabled = Map.of("HF_TOKEN", "x", "HF_HUB_DISABLE_IMPLICIT_TOKEN", "1");
        assertThat(settings(disabled).token()).isEmpty();
    }

    @Test
    void switchesAndTimesAreRead() {
        HubSettings settings = settings(Map.of("HF_HUB_OFFLINE", "true", "HF_HUB_DISABLE_SYMLINKS", "1",
                "HF_HUB_DOWNLOAD_TIMEOUT", "30", "HF_ENDPOINT", "https://mirror.example/hub/"));
        assertThat(settings.offline()).isTrue();
        assertThat(settings.symbolicLinks()).isFalse();
        assertThat(settings.silenceTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.endpoint()).isEqualTo(URI.create("https://mirror.example/hub"));
    }

    @Test
    void unusableValueNamesItsVariable() {
        assertThatThrownBy(() -> settings(Map.of("HF_HUB_DOWNLOAD_TIMEOUT", "soon")))
                .hasMessageContaining("HF_HUB_DOWNLOAD_TIMEOUT").hasMessageContaining("soon");
        assertThatThrownBy(() -> settings(Map.of("HF_ENDPOINT", "mirror"))).hasMessageContaining("HF_ENDPOINT");
        assertThatThrownBy(() -> settings(Map.of("HF_TOKEN", "two words"))).hasMessageContaining("access token")
                .message().doesNotContain("two words");
    }
}
