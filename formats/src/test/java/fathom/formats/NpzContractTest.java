package fathom.formats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import fathom.raster.Plane;

import static org.assertj.core.api.Assertions.assertThat;

class NpzContractTest extends CodecContract {
    private static final Plane EXAMPLE = Examples.floats(7, 9, 7);

    @Override
    Format format() {
        return Formats.NPZ;
    }

    @Override
    void write(Path path) throws IOException {
        Npz.write(path, Map.of("depth", NdArray.of(EXAMPLE)));
    }

    @Override
    Object read(Path path) throws IOException {
        return Npz.read(path, "depth").toPlane();
    }

    @Override
    void requireExample(Object content) {
        assertThat(((Plane) content).toArray()).isEqualTo(EXAMPLE.toArray());
    }
}
