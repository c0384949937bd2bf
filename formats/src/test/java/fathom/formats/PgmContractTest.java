package fathom.formats;

import java.io.IOException;
import java.nio.file.Path;

import fathom.raster.Plane;

import static org.assertj.core.api.Assertions.assertThat;

class PgmContractTest extends CodecContract {
    private static final Plane EXAMPLE = Examples.integers(7, 9, 65535, 3);

    @Override
    Format format() {
        return Formats.PNM;
    }

    @Override
    void write(Path path) throws IOException {
        Pnm.writeGray16(path, EXAMPLE);
    }

    @Override
    Object read(Path path) throws IOException {
        return Images.readGray(path);
    }

    @Override
    void requireExample(Object content) {
        assertThat(((IntegerImage) content).values().toArray()).isEqualTo(EXAMPLE.toArray());
    }
}
