package fathom.formats;

import java.io.IOException;
import java.nio.file.Path;

import fathom.raster.RgbImage;

import static org.assertj.core.api.Assertions.assertThat;

class PngRgbContractTest extends CodecContract {
    private static final RgbImage EXAMPLE = Examples.noise(6, 5, 2);

    @Override
    Format format() {
        return Formats.PNG;
    }

    @Override
    void write(Path path) throws IOException {
        Png.writeRgb(path, EXAMPLE);
    }

    @Override
    Object read(Path path) throws IOException {
        return Images.readRgb(path);
    }

    @Override
    void requireExample(Object content) {
        assertThat(((RgbImage) content).toArray()).isEqualTo(EXAMPLE.toArray());
    }
}
