package fathom.formats.jpeg;

import java.io.IOException;
import java.nio.file.Path;

import fathom.formats.CodecContract;
import fathom.formats.Examples;
import fathom.formats.Format;
import fathom.formats.Formats;
import fathom.formats.images.Images;
import fathom.raster.RgbImage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class JpegContractTest extends CodecContract {
    private static final RgbImage EXAMPLE = Examples.smooth(21, 18);

    @Override
    protected Format format() {
        return Formats.JPEG;
    }

    @Override
    protected void write(Path path) throws IOException {
        Jpeg.write(path, EXAMPLE, 95);
    }

    @Override
    protected Object read(Path path) throws IOException {
        return Images.readRgb(path);
    }

    /** The end marker. */
    @Override
    protected int dispensableBytes() {
        return 2;
    }

    @Override
    protected void requireExample(Object content) {
        RgbImage image = (RgbImage) content;
        assertThat(image.height()).isEqualTo(EXAMPLE.height());
        for (int row = 0; row < image.height(); row++) {
            for (int column = 0; column < image.width(); column++) {
                for (int channel = 0; channel < 3; channel++) {
                    assertThat(image.get(row, column, channel)).isCloseTo(EXAMPLE.get(row, column, channel), within(6));
                }
            }
        } ;
    }
}
