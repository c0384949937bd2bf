package fathom.formats;

import java.io.IOException;
import java.nio.file.Path;

import fathom.raster.Plane;

import static org.assertj.core.api.Assertions.assertThat;

class NpyContractTest extends CodecContract {
    private static final Plane EXAMPLE = Examples.floats(7, 9, 6);

    @Override
    Format format() {
        return Formats.NPY;
    }

    @Override
    void write(Path path) throws IOException {
        Npy.write(path, EXAMPLE);
    }

    @Override
    Object read(Path path) throws IOException {
        return Npy.readPlane(path);
    }

    @Override
    void requireExample(Object content) {
        assertThat(((Plane) content).toArray()).isEqualTo(EXAMPLE.toArray());
    }
}
