package fathom.rendering;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

import fathom.formats.npy.Npy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ColormapTest {
    private static Path golden(String name) {
        return Path.of(System.getProperty("fathom.goldens"), "colormaps", name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"viridis", "magma", "inferno", "plasma", "turbo", "Spectral", "Spectral_r", "gray",
            "gray_r", "jet", "magma_r", "inferno_r", "cividis"})
    void tablesAreMatplotlibsToTheBit(String name) throws IOException {
        ByteBuffer expected = Npy.read(golden(name + ".npy")).bytes();
        byte[] table = new byte[expected.remaining()];
        expected.get(table);
        assertThat(Colormap.byName(name).toTable()).isEqualTo(table);
    }

    @Test
    void numbersGetTheColourOfMatplotlib() throws IOException {
        JsonNode golden = JsonMapper.builder().build().readTree(Files.readString(golden("colormaps.json")));
        for (String name : golden.get("maps").propertyNames()) {
            Colormap colormap = Colormap.byName(name);
            JsonNode colours = golden.get("maps").get(name).get("scalar_map_bytes");
            for (int i = 0; i < golden.get("xs").size(); i++) {
                JsonNode x = golden.get("xs").get(i);
                if (x.isNumber()) {
                    JsonNode c = colours.get(i);
                    int rgb = c.get(0).intValue() << 16 | c.get(1).intValue() << 8 | c.get(2).intValue();
                    assertThat(colormap.rgb(Colormap.index(x.doubleValue()))).as("%s at %s", name, x).isEqualTo(rgb);
                }
            }
        }
    }

    @Test
    void everyMapHas256ColoursAndAReverse() {
        assertThat(Colormap.names()).startsWith("viridis", "viridis_r").contains("magma", "inferno", "plasma",
                "cividis", "turbo", "gray", "gray_r", "jet", "Spectral", "Spectral_r", "RdBu", "RdBu_r")
                .doesNotHaveDuplicates();
        for (String name : Colormap.names()) {
            Colormap colormap = Colormap.byName(name);
            assertThat(colormap.name()).isEqualTo(name);
            assertThat(colormap.hex()).matches("[0-9a-f]{1536}");
            assertThat(colormap.reversed().reversed().name()).isEqualTo(name);
            for (int i = 0; i < Colormap.SIZE; i++) {
                int there = colormap.rgb(i);
                int back = colormap.reversed().rgb(255 - i);
                for (int shift = 0; shift <= 16; shift += 8) {
                    assertThat((there >> shift & 0xFF) - (back >> shift & 0xFF)).isBetween(-1, 1);
                }
            }
        }
    }

    @Test
    void tablesAreImmutable() {
        Colormap.viridis().toTable()[0] = 1;
        assertThat(Colormap.viridis().rgb(0)).isEqualTo(0x440154);
        assertThat(Colormap.viridis().hex()).startsWith("440154");
    }

    @Test
    void unknownMapIsRejectedWithAListOfMaps() {
        assertThatIllegalArgumentException().isThrownBy(() -> Colormap.byName("rainbow"))
                .withMessageContaining("rainbow").withMessageContaining("viridis");
    }
}
