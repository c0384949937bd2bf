package fathom.cache;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests the location of the cache folder. */
class CacheFolderTest {
    private static final Path ADA = Path.of("/home/ada");

    private static Path folder(String system, Map<String, String> environment) {
        return CacheFolder.path(environment, system, ADA);
    }

    @Test
    void theVariableDecidesOnEverySystem() {
        for (String system : new String[]{"Linux", "Mac OS X", "Windows 11"}) {
            assertThat(folder(system,
                    Map.of("FATHOM_CACHE", "/data/../cache", "XDG_CACHE_HOME", "/x", "LOCALAPPDATA", "/l")))
                    .isEqualTo(Path.of("/cache"));
        }
        assertThat(folder("Linux", Map.of("FATHOM_CACHE", "~"))).isEqualTo(ADA);
        assertThat(folder("Linux", Map.of("FATHOM_CACHE", "~/depth cache"))).isEqualTo(ADA.resolve("depth cache"));
        assertThat(folder("Linux", Map.of("FATHOM_CACHE", "here"))).isEqualTo(Path.of("here").toAbsolutePath());
    }

    @Test
    void defaultIsThePlatformsCacheFolder() {
        assertThat(folder("Linux", Map.of())).isEqualTo(ADA.resolve(".cache/fathom"));
        assertThat(folder("Linux", Map.of("XDG_CACHE_HOME", "/x", "FATHOM_CACHE", " ")))
                .isEqualTo(Path.of("/x/fathom"));
        assertThat(folder("Linux", Map.of("XDG_CACHE_HOME", "relative"))).isEqualTo(ADA.resolve(".cache/fathom"));
        assertThat(folder("Mac OS X", Map.of("XDG_CACHE_HOME", "/x"))).isEqualTo(ADA.resolve("Library/Caches/fathom"));
        assertThat(folder("Windows 11", Map.of())).isEqualTo(ADA.resolve("AppData/Local/fathom/cache"));
        assertThat(folder("Windows 11", Map.of("LOCALAPPDATA", "/l"))).isEqualTo(Path.of("/l/fathom/cache"));
    }

    @Test
    void eachKindHasAFolderOfItsOwn() {
        assertThat(CacheFolder.path(CacheKind.DERIVED)).isEqualTo(CacheFolder.path().resolve("derived"));
        for (CacheKind kind : CacheKind.values()) {
            assertThat(CacheKind.ofKey(kind.key())).contains(kind);
            assertThat(kind.purpose()).isNotBlank();
        }
        assertThat(CacheKind.ofKey("..")).isEmpty();
    }
}
