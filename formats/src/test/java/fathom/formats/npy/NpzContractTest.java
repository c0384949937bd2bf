package fathom.formats.npy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import fathom.formats.CodecContract;
import fathom.formats.Examples;
import fathom.formats.Format;
import fathom.formats.Formats;
import fathom.formats.NdArray;
import fathom.raster.Plane;

import static org.assertj.core.api.Assertions.assertThat;

class NpzContractTest extends CodecContract {
    private static final Plane EXAMPLE = Examples.floats(7, 9, 7);

    @Override
    protected Format format() {
        return Formats.NPZ;
    }

    @Override
    protected void write(Path path) throws IOException {
        Npz.write(path, Map.of("depth", NdArray.of(EXAMPLE)));
    }

    @Override
    protected Object read(Path path) throws IOException {
        return Npz.read(path, "depth").toPlane();
    }

    @Override
    protected void requireExample(Object content) {
        assertThat(((Plane) content).toArray()).isEqualTo(EXAMPLE.toArray());
    }
}
