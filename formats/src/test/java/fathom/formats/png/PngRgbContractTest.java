package fathom.formats.png;

import java.io.IOException;
import java.nio.file.Path;

import fathom.formats.CodecContract;
import fathom.formats.Examples;
import fathom.formats.Format;
import fathom.formats.Formats;
import fathom.formats.images.Images;
import fathom.raster.RgbImage;

import static org.assertj.core.api.Assertions.assertThat;

class PngRgbContractTest extends CodecContract {
    private static final RgbImage EXAMPLE = Examples.noise(6, 5, 2);

    @Override
    protected Format format() {
        return Formats.PNG;
    }

    @Override
    protected void write(Path path) throws IOException {
        Png.writeRgb(path, EXAMPLE);
    }

    @Override
    protected Object read(Path path) throws IOException {
        return Images.readRgb(path);
    }

    @Override
    protected void requireExample(Object content) {
        assertThat(((RgbImage) content).toArray()).isEqualTo(EXAMPLE.toArray());
    }
}
