package fathom.hub;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        assertThat(HubReference.parse("Intel/dpt-large@refs%2Fpr%2F3"))
                .isEqualTo(HubReference.parse("Intel/dpt-large@refs/pr/3"));
        assertThat(HubReference.parse("https://huggingface.co/Intel/dpt-large/commit/" + "a".repeat(40)))
                .isEqualTo(new HubReference.Repository("Intel", "dpt-large", "a".repeat(40)));
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

    @ParameterizedTest
    @CsvSource({"https://huggingface.co/a/b/tree/main/small, main, small",
            "https://hf.co/a/b/tree/refs%2Fpr%2F1/x/y, refs/pr/1, x/y", "hf.co/a/b/tree/refs/pr/2/x, refs/pr/2, x",
            "http://mirror.test:8080/hub/a/b/tree/v1/x, v1, x", "hf://a/b@refs%2Fpr%2F1/x, refs/pr/1, x",
            "hf://a/b/x, main, x"})
    void addressesOfFoldersNameRevisionAndFolder(String address, String revision, String folder) {
        assertThat(HubReference.parse(address, URI.create("http://mirror.test:8080/hub")))
                .isEqualTo(new HubReference.Folder(new HubReference.Repository("a", "b", revision), folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://huggingface.co/a/b/resolve/main/x/m.onnx?download=true",
            "https://huggingface.co/a/b/blob/main/x/m.onnx", "http://mirror.test:8080/hub/a/b/resolve/main/x/m.onnx",
            "hf://a/b/x/m.onnx"})
    void addressesOfFilesNameTheFile(String address) {
        assertThat(HubReference.parse(address, URI.create("http://mirror.test:8080/hub")))
                .isEqualTo(new HubReference.RepositoryFile(HubReference.Repository.of("a", "b"), "x/m.onnx"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://huggingface.co/datasets/a/b", "https://huggingface.co/spaces/a/b/tree/main",
            "hf://datasets/a/b"})
    void addressesOfOtherThingsAreRefused(String address) {
        assertThatThrownBy(() -> HubReference.parse(address)).isInstanceOf(IllegalArgumentException.class);
    }
}
