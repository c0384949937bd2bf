package fathom.datasets;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "SKIPPED: these paths are POSIX paths")
class FathomHomeTest {
    private static Path home(String system, Map<String, String> environment) {
        Properties properties = new Properties();
        properties.setProperty("os.name", system);
        properties.setProperty("user.home", "/home/ada");
        return FathomHome.resolve(environment, properties);
    }

    @Test
    void chosenFolderWins() {
        assertThat(home("Linux", Map.of("FATHOM_HOME", "/data/../depth", "XDG_DATA_HOME", "/x")))
                .isEqualTo(Path.of("/depth"));
        assertThat(home("Mac OS X", Map.of("FATHOM_HOME", "~/depth"))).isEqualTo(Path.of("/home/ada/depth"));
        assertThat(home("Linux", Map.of("FATHOM_HOME", "depth"))).isEqualTo(Path.of("depth").toAbsolutePath());
    }

    @Test
    void platformsHaveTheirOwnFolders() {
        assertThat(home("Linux", Map.of())).isEqualTo(Path.of("/home/ada/.local/share/fathom"));
        assertThat(home("Linux", Map.of("XDG_DATA_HOME", "/x", "FATHOM_HOME", " "))).isEqualTo(Path.of("/x/fathom"));
        assertThat(home("FreeBSD", Map.of("XDG_DATA_HOME", "relative")))
                .isEqualTo(Path.of("/home/ada/.local/share/fathom"));
        assertThat(home("Mac OS X", Map.of("XDG_DATA_HOME", "/x")))
                .isEqualTo(Path.of("/home/ada/Library/Application Support/Fathom"));
        assertThat(home("Windows 11", Map.of("LOCALAPPDATA", "/local"))).isEqualTo(Path.of("/local/Fathom"));
        assertThat(home("Windows 11", Map.of())).isEqualTo(Path.of("/home/ada/AppData/Local/Fathom"));
    }
}
