package fathom.formats;

import java.io.IOException;
import java.nio.file.Path;

import fathom.raster.RgbImage;

import static org.assertj.core.api.Assertions.assertThat;

class PpmContractTest extends CodecContract {
    private static final RgbImage EXAMPLE = Examples.noise(6, 5, 4);

    @Override
    Format format() {
        return Formats.PNM;
    }

    @Override
    void write(Path path) throws IOException {
        Pnm.writeRgb(path, EXAMPLE);
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
