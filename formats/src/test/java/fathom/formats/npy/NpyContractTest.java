package fathom.formats.npy;

import java.io.IOException;
import java.nio.file.Path;

import fathom.formats.CodecContract;
import fathom.formats.Examples;
import fathom.formats.Format;
import fathom.formats.Formats;
import fathom.raster.Plane;

import static org.assertj.core.api.Assertions.assertThat;

class NpyContractTest extends CodecContract {
    private static final Plane EXAMPLE = Examples.floats(7, 9, 6);

    @Override
    protected Format format() {
        return Formats.NPY;
    }

    @Override
    protected void write(Path path) throws IOException {
        Npy.write(path, EXAMPLE);
    }

    @Override
    protected Object read(Path path) throws IOException {
        return Npy.readPlane(path);
    }

    @Override
    protected void requireExample(Object content) {
        assertThat(((Plane) content).toArray()).isEqualTo(EXAMPLE.toArray());
    }
}
