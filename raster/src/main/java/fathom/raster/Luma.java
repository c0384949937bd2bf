package fathom.raster;

/** Greyscale from colour. */
public final class Luma {
    private Luma() {}

    /**
     * Pillow's {@code convert("L")}: ITU-R 601 luma of the stored (gamma-coded) values, in its 16-bit fixed point,
     * (19595 R + 38470 G + 7471 B + 32768) / 65536 (src/libImaging/Convert.c).
     *
     * @return [H, W]
     */
    public static GrayImage itu601(RgbImage image) {
        GrayImage luma = GrayImage.allocate(image.height(), image.width());
        byte[] from = image.array();
        byte[] to = luma.array();
        for (int row = 0, at = 0; row < image.height(); row++) {
            int in = image.rowStart(row);
            for (int column = 0; column < image.width(); column++, at++, in += RgbImage.CHANNELS) {
                int red = from[in] & 0xFF;
                int green = from[in + 1] & 0xFF;
                int blue = from[in + 2] & 0xFF;
                to[at] = (byte) ((19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16);
            }
        }
        return luma;
    }
}
