package fathom.cache;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UserHomeTest {
    private static Path resolve(String system, Map<String, String> environment) {
        Properties properties = new Properties();
        properties.setProperty("os.name", system);
        properties.setProperty("user.home", "/home/of-the-database");
        return UserHome.resolve(environment, properties);
    }

    @Test
    void variableComesBeforeTheUserDatabase() {
        assertThat(resolve("Linux", Map.of("HOME", "/tmp/empty"))).isEqualTo(Path.of("/tmp/empty"));
        assertThat(resolve("Mac OS X", Map.of("HOME", "/tmp/empty"))).isEqualTo(Path.of("/tmp/empty"));
    }

    @Test
    void missingEmptyAndRelativeVariablesAreIgnored() {
        for (Map<String, String> environment : List.of(Map.<String, String>of(), Map.of("HOME", ""),
                Map.of("HOME", "relative"))) {
            assertThat(resolve("Linux", environment)).isEqualTo(Path.of("/home/of-the-database"));
        }
    }

    @Test
    void windowsHasNoSuchVariable() {
        assertThat(resolve("Windows 11", Map.of("HOME", "/tmp/empty"))).isEqualTo(Path.of("/home/of-the-database"));
    }
}
