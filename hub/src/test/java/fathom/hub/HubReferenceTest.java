package fathom.hub;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HubReferenceTest {
    @Test
    void nameWithoutRevisionMeansMain() {
        assertThat(HubReference.parse("depth-anything/Depth-Anything-V2-Small-hf"))
                .isEqualTo(new HubReference.Repository("depth-anything", "Depth-Anything-V2-Small-hf", "main"))
                .hasToString("depth-anything/Depth-Anything-V2-Small-hf");
    }

    @Test
    void revisionFollowsTheAtSign() {
        assertThat(HubReference.parse("Intel/dpt-large@refs/pr/3"))
                .isEqualTo(new HubReference.Repository("Intel", "dpt-large", "refs/pr/3"))
                .hasToString("Intel/dpt-large@refs/pr/3");
    }

    @Test
    void pagesAndFilesOfTheHubAreParsed() {
        HubReference.Repository main = HubReference.Repository.of("Intel", "dpt-large");
        assertThat(HubReference.parse(HubSettings.DEFAULT_ENDPOINT + "/Intel/dpt-large")).isEqualTo(main);
        assertThat(HubReference.parse(HubSettings.DEFAULT_ENDPOINT + "/Intel/dpt-large/tree/v1"))
                .isEqualTo(main.at("v1"));
        assertThat(HubReference.parse(HubSettings.DEFAULT_ENDPOINT + "/a/b/resolve/main/onnx/model.onnx"))
                .isEqualTo(new HubReference.RepositoryFile(HubReference.Repository.of("a", "b"), "onnx/model.onnx"));
    }

    @Test
    void otherAddressesAreFiles() {
        assertThat(HubReference.parse("https://example.org/models/x.onnx?download=1"))
                .isInstanceOfSatisfying(HubReference.FileUrl.class, url -> {
                    assertThat(url.address()).isEqualTo(URI.create("https://example.org/models/x.onnx?download=1"));
                    assertThat(url.fileName()).isEqualTo("x.onnx");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "name", "../etc", "a/..", "a/b/c", "a/b@", "a/b@../x", "a/b@/x", "a/b@x//y", "-a/b",
            "a/.b", "a--b/c", "a/b.git", "a/b c", "a\\b/c", "ftp://x/y", "https://user:hunter2@host/x", "https:///x",
            "a/b@x\ny"})
    void otherTextIsRejected(String text) {
        assertThatThrownBy(() -> HubReference.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
        assertThat(HubReference.isReference(text)).isFalse();
    }

    @Test
    void errorNeverContainsAPassword() {
        assertThatThrownBy(() -> HubReference.parse("https://user:hunter2@host/x")).message().doesNotContain("hunter2");
    }
}
