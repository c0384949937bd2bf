package fathom.rooms.tracing;

/**
 * Smooths noisy light without crossing edges of the geometry: the à-trous wavelet filter of Dammertz et al. ("Edge-avoiding
 * à-trous wavelet transform for fast global illumination filtering", HPG 2010), with a 3 x 3 kernel whose taps move apart.
 */
final class Denoiser {
    private Denoiser() {}

    /**
     * Smooths {@code light}, three numbers per pixel, in place.
     *
     * @param passes number of passes; pass k reaches 2^k pixels
     */
    static void smooth(Guide guide, float[] light, float[] scratch, int passes) {
        for (int pass = 0; pass < passes; pass++) {
            boolean back = (pass & 1) != 0;
            pass(guide, back ? scratch : light, back ? light : scratch, 1 << pass);
        }
        if ((passes & 1) != 0) {
            System.arraycopy(scratch, 0, light, 0, light.length);
        }
    }

    private static void pass(Guide guide, float[] from, float[] to, int step) {
        int height = guide.height;
        int width = guide.width;
        for (int row = 0, at = 0; row < height; row++) {
            for (int column = 0; column < width; column++, at++) {
                float weights = 0.25f;
                float r = from[3 * at] * 0.25f;
                float g = from[3 * at + 1] * 0.25f;
                float b = from[3 * at + 2] * 0.25f;
                for (int y = -1; y <= 1; y++) {
                    int nearRow = row + y * step;
                    if (nearRow < 0 || nearRow >= height) {
                        continue;
                    }
                    for (int x = -1; x <= 1; x++) {
                        int nearColumn = column + x * step;
                        if ((x == 0 && y == 0) || nearColumn < 0 || nearColumn >= width) {
                            continue;
                        }
                        int near = nearRow * width + nearColumn;
                        float weight = guide.likeness(at, near) * (x == 0 || y == 0 ? 0.125f : 0.0625f);
                        weights += weight;
                        r += weight * from[3 * near];
                        g += weight * from[3 * near + 1];
                        b += weight * from[3 * near + 2];
                    }
                }
                float scale = 1 / weights;
                to[3 * at] = r * scale;
                to[3 * at + 1] = g * scale;
                to[3 * at + 2] = b * scale;
            }
        }
    }
}
