package fathom.formats.pnm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import fathom.formats.FormatException;
import fathom.formats.ImageOptions;
import fathom.formats.Input;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where the samples begin: after the headers that netpbm and the readers of Middlebury accept, or nowhere. */
class HeadersTest {
    /** Samples that begin with white space, as depth of 10 to 13 units does. */
    private static final byte[] SAMPLES = {10, 1, 32, 2, 35, 3, 13, 4};
    private static final float[] VALUES = {1.5f, -2, 3e-7f, 4};

    private static byte[] file(String header, byte[] samples, String after) {
        byte[] head = header.getBytes(StandardCharsets.ISO_8859_1);
        byte[] tail = after.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(head.length + samples.length + tail.length).put(head).put(samples).put(tail).array();
    }

    private static float[] gray(byte[] bytes) throws IOException {
        return Pnm.readGray(new Input(bytes, "x.pgm"), ImageOptions.DEFAULT).values().toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P5 2 2 65535\n", "P5\n2 2\n65535 ", "P5\r\n2 2\r\n65535\n", "P5\n2\t 2\n\n65535\t",
            "P5#a\n#b\n2 #c\n2\n#65535\n65535\n", "P5 2 2 65535#end\n", "P5 2 2 65535#end\n\n", "P5 2 2 65535#end\r\n",
            "P5 02 2 65535\r"})
    void samplesBeginAfterOneWhiteSpace(String header) throws IOException {
        assertThat(gray(file(header, SAMPLES, ""))).containsExactly(2561, 8194, 8963, 3332);
        assertThat(gray(file(header, SAMPLES, "P5\n1 1\n255\n0"))).as("the first of two images").containsExactly(2561,
                8194, 8963, 3332);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P5 2 2 65535\r\n", "P5 2 2 65535  ", "P5 2 2 65535\n#late\n", "P5 2 2 65535\n\n",
            "P5 2 2 255\n", "P5 2 1 65535\n", "P5 2 2 65535x", "P5 3 2 65535\n", "P5 2 2 70000\n"})
    void otherHeadersAreRefusedWithTheByte(String header) {
        assertThatThrownBy(() -> gray(file(header, SAMPLES, ""))).isInstanceOf(FormatException.class)
                .hasMessageContainingAll("x.pgm, byte ", "expected", "found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P2 2 1 9 1 2 3", "P2 2 1 9 1"})
    void plainPicturesHaveAsManyNumbersAsPixels(String text) {
        assertThatThrownBy(() -> gray(text.getBytes(StandardCharsets.US_ASCII))).isInstanceOf(FormatException.class);
    }

    private static byte[] floats() {
        ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(new float[]{VALUES[2], VALUES[3], VALUES[0], VALUES[1]});
        return bytes.array();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pf\n2 2\n-1.0\n", "Pf\r\n2 2\r\n-1\r\n", "Pf\n2 2\n-1.0 \n", "Pf\n2 2 \n-1.0\n",
            "Pf\n2  2\n-1.0\n", "Pf\n# a 3 4\n2 2\n# b\n-.5e0\n", "Pf 2 2 -1 ", "Pf\n2\n2\n-1\n",
            "Pf\n2 2\n-1.0\t \r\n"})
    void valuesBeginWhereTheLengthSays(String header) throws IOException {
        assertThat(Pfm.read(file(header, floats(), ""), "x.pfm").toFloats()).containsExactly(VALUES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pf\n2 2\n-1.0\n\n", "Pf\n2 2\n-1.0\n#c\n", "Pf\n2 2\n0\n", "Pf\n2 2\n-1d\n",
            "Pf\n2 2\nnan\n", "Pf\n2 2.0\n-1\n", "Pf\n1 2\n-1\n", "Pf\n3 2\n-1\n", "Pf\n2 2\n-1;"})
    void otherFloatHeadersAreRefusedWithTheByte(String header) {
        assertThatThrownBy(() -> Pfm.read(file(header, floats(), ""), "x.pfm")).isInstanceOf(FormatException.class)
                .hasMessageContainingAll("x.pfm, byte ", "expected");
    }
}
