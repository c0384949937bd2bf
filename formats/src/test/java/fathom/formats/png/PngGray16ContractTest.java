package fathom.formats.png;

import java.io.IOException;
import java.nio.file.Path;

import fathom.formats.CodecContract;
import fathom.formats.Examples;
import fathom.formats.Format;
import fathom.formats.Formats;
import fathom.formats.IntegerImage;
import fathom.formats.images.Images;
import fathom.raster.Plane;

import static org.assertj.core.api.Assertions.assertThat;

class PngGray16ContractTest extends CodecContract {
    private static final Plane EXAMPLE = Examples.integers(7, 9, 65535, 1);

    @Override
    protected Format format() {
        return Formats.PNG;
    }

    @Override
    protected void write(Path path) throws IOException {
        Png.writeGray16(path, EXAMPLE);
    }

    @Override
    protected Object read(Path path) throws IOException {
        return Images.readGray(path);
    }

    @Override
    protected void requireExample(Object content) {
        IntegerImage image = (IntegerImage) content;
        assertThat(image.bitDepth()).isEqualTo(16);
        assertThat(image.values().toArray()).isEqualTo(EXAMPLE.toArray());
    }
}
