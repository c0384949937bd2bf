package fathom.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SettingsTest {
    @TempDir
    Path folder;

    private Settings settings(String json) throws IOException {
        return Settings.read(Files.writeString(folder.resolve("config.json"), json.replace('\'', '"')));
    }

    @Test
    void presentFieldsAreRead() throws IOException {
        Settings s = settings(
                "{'n':3,'x':1e-12,'flag':false,'word':'dpt','list':[1,2],'flags':[true,false],'more':{'n':4}}");
        assertThat(s.integer("n", 1)).isEqualTo(3);
        assertThat(s.number("x", 0)).isEqualTo(1e-12);
        assertThat(s.flag("flag", true)).isFalse();
        assertThat(s.text("word")).isEqualTo("dpt");
        assertThat(s.integers("list", 0)).containsExactly(1, 2);
        assertThat(s.flags("flags")).containsExactly(true, false);
        assertThat(s.object("more").orElseThrow().integer("n", 1)).isEqualTo(4);
    }

    @Test
    void nullCountsAsMissing() throws IOException {
        Settings s = settings("{'n':null}");
        assertThat(s.has("n")).isFalse();
        assertThat(s.isNull("n")).isTrue();
        assertThat(s.isNull("m")).isFalse();
        assertThat(s.integer("n", 1, 7)).isEqualTo(7);
        assertThat(s.isOn("n", true)).isFalse();
        assertThat(s.isOn("m", true)).isTrue();
        assertThat(settings("{'n':true}").isOn("n", false)).isTrue();
        assertThatThrownBy(() -> s.integer("n", 1)).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("config.json").hasMessageContaining("expected the field n");
    }

    @Test
    void wrongTypesNameFileFieldExpectedAndFound() throws IOException {
        Settings s = settings("{'n':'three','m':{'k':-1},'f':1,'l':[1,'b'],'big':3000000000,'half':2.5}");
        assertThatThrownBy(() -> s.integer("n", 1))
                .hasMessageContaining("config.json: n: expected an integer of at least 1, found \"three\"");
        assertThatThrownBy(() -> s.object("m").orElseThrow().integer("k", 0)).hasMessageContaining("m.k: expected")
                .hasMessageContaining("found -1");
        assertThatThrownBy(() -> s.flags("l")).hasMessageContaining("l: expected true or false, found 1");
        assertThatThrownBy(() -> s.flag("f", true)).hasMessageContaining("expected true or false, found 1");
        assertThatThrownBy(() -> s.integers("l", 0)).hasMessageContaining("found \"b\"");
        assertThatThrownBy(() -> s.integer("big", 0)).hasMessageContaining("found 3000000000");
        assertThatThrownBy(() -> s.integer("half", 0)).hasMessageContaining("found 2.5");
    }

    @Test
    void theLastOfEqualNamesCounts() throws Exception {
        assertThat(settings("{'n':1,'n':2}").integer("n", 0)).isEqualTo(2);
    }

    @Test
    void brokenFilesAreRefused() {
        assertThatThrownBy(() -> settings("{'n':")).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("expected JSON");
        assertThatThrownBy(() -> settings("[1]")).hasMessageContaining("expected a JSON object, found [1]");
        assertThatThrownBy(() -> settings("")).isInstanceOf(CheckpointException.class);
        assertThatThrownBy(() -> Settings.read(folder.resolve("none.json"))).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("no such file");
    }
}
