package fathom.rooms.tracing;

/**
 * The colour of a surface at texture coordinates (u, v) in metres, computed by rules instead of images. Detail finer
 * than the footprint of a pixel is averaged, so that distant floors do not flicker.
 */
public sealed interface Texture
        permits Texture.Plain, Texture.Planks, Texture.Tiles, Texture.Carpet, Texture.Wallpaper, Texture.Wood,
        Texture.Fabric, Texture.Stone, Texture.Bricks, Picture, Picture.Outside, Picture.Rug, Picture.Screen {
    /**
     * Writes the linear colour to {@code rgb}.
     *
     * @param width footprint of the pixel on the surface, metres
     */
    void colour(float u, float v, float width, float[] rgb);

    /** Returns how much detail of size {@code grain} remains in a footprint. */
    static float seen(float grain, float width) {
        return 1 - Noise.step(0.4f * grain, 1.6f * grain, width);
    }

    /** One colour with cloudy variation of strength {@code uneven}. */
    record Plain(Paint paint, float uneven, int seed) implements Texture {
        @Override
        public void colour(float u, float v, float width, float[] rgb) {
            float tone = uneven == 0 ? 1 : 1 + uneven * (Noise.fractal(u * 3, v * 3, 3, seed) - 0.5f) * 2;
            paint.into(rgb, tone);
        }
    }

    /** Floor boards along v, each with a different tone and grain. */
    record Planks(Paint light, Paint dark, float board, float length, int seed) implements Texture {
        @Override
        public void colour(float u, float v, float width, float[] rgb) {
            int row = Noise.floor(u / board);
            float along = v + length * Dice.hash(row, 3, seed);
            int plank = Noise.floor(along / length);
            float tone = Dice.hash(row, plank, seed);
            float shift = 37 * Dice.hash(plank, row, seed + 1);
            float bend = Noise.value(along * 1.3f + shift, u * 8, seed + 2) * 0.03f;
            float grain = Noise.fractal(along * 2.2f + shift, (u + bend) * 70, 3, seed + 3);
            float fine = (Noise.value(along * 9, u * 420 + shift, seed + 4) - 0.5f) * seen(0.004f, width);
            float t = Math.clamp(0.62f * tone + 0.55f * (grain - 0.3f) + 0.16f * fine, 0f, 1f);
            light.into(dark, t, 1, rgb);
            float across = u - (row + 0.5f) * board;
            float end = along - (plank + 0.5f) * length;
            float gap = Math.max(Noise.line(board / 2 - Math.abs(across), 0.0016f, width),
                    Noise.line(length / 2 - Math.abs(end), 0.0014f, width));
            shade(rgb, 1 - 0.7f * gap);
        }
    }

    /** Square tiles with grout; two paints alternate if they differ. */
    record Tiles(Paint even, Paint odd, Paint grout, float size, float joint, int seed) implements Texture {
        @Override
        public void colour(float u, float v, float width, float[] rgb) {
            int column = Noise.floor(u / size);
            int row = Noise.floor(v / size);
            Paint paint = ((column + row) & 1) == 0 ? even : odd;
            float tone = 0.93f + 0.1f * Dice.hash(column, row, seed);
            float cloud = Noise.fractal(u * 7 + 11 * column, v * 7 + 5 * row, 3, seed) - 0.5f;
            paint.into(rgb, tone + 0.14f * cloud);
            float x = size / 2 - Math.abs(u - (column + 0.5f) * size);
            float y = size / 2 - Math.abs(v - (row + 0.5f) * size);
            grout.over(rgb, Math.max(Noise.line(x, joint / 2, width), Noise.line(y, joint / 2, width)));
        }
    }

    /** Short tufts with worn patches. */
    record Carpet(Paint paint, Paint fleck, int seed) implements Texture {
        @Override
        public void colour(float u, float v, float width, float[] rgb) {
            float tuft = (Noise.value(u * 260, v * 260, seed) - 0.5f) * seen(0.004f, width);
            float clump = (Noise.value(u * 70, v * 70, seed + 1) - 0.5f) * seen(0.015f, width);
            float worn = Noise.fractal(u * 1.7f, v * 1.7f, 3, seed + 2) - 0.5f;
            paint.into(fleck, Math.clamp(0.35f + 1.1f * tuft + 0.5f * clump, 0f, 1f), 1 + 0.28f * worn, rgb);
        }
    }

    /** Printed paper: soft stripes (style 0) or a repeated ornament (style 1). */
    record Wallpaper(Paint ground, Paint print, float period, int style, int seed) implements Texture {
        @Override
        public void colour(float u, float v, float width, float[] rgb) {
            float share;
            if (style == 0) {
                float x = u / period - Noise.floor(u / period);
                share = Noise.line(x - 0.5f, 0.25f, 0.04f + width / period);
            } else {
                int row = Noise.floor(v / period);
                float shifted = u / period + 0.5f * (row & 1);
                float x = (shifted - Noise.floor(shifted) - 0.5f) * 2;
                float y = (v / period - row - 0.5f) * 2;
                float petal = Math.abs(x) + Math.abs(y);
                float ring = Math.abs(x * x + y * y - 0.32f);
                float edge = 0.05f + width / period;
                share = Math.max(1 - Noise.step(0.34f - edge, 0.34f + edge, petal),
                        0.6f * (1 - Noise.step(0.07f, 0.07f + edge, ring)));
                share *= seen(period * 0.3f, width);
            }
            ground.into(print, share, 1 + 0.06f * (Noise.fractal(u * 2, v * 2, 3, seed) - 0.5f), rgb);
        }
    }

    /** Sawn wood with the grain along v. */
    record Wood(Paint light, Paint dark, int seed) implements Texture {
        @Override
        public void colour(float u, float v, float width, float[] rgb) {
            float bend = Noise.fractal(u * 2.5f, v * 0.7f, 2, seed) * 0.5f;
            float ring = (u + bend) * 22;
            float wave = Math.abs(ring - Noise.floor(ring) - 0.5f) * 2;
            float pore = (Noise.value(u * 330, v * 9, seed + 1) - 0.5f) * seen(0.005f, width);
            float cloud = Noise.fractal(u * 30, v * 1.6f, 3, seed + 2);
            float t = 0.25f * wave * seen(0.04f, width) + 0.6f * cloud + 0.2f * pore;
            light.into(dark, Math.clamp(t, 0f, 1f), 1, rgb);
        }
    }

    /** Woven cloth, plain (style 0), striped (1) or checked (2) with {@code period}. */
    record Fabric(Paint paint, Paint other, float period, int style, int seed) implements Texture {
        @Override
        public void colour(float u, float v, float width, float[] rgb) {
            float weave = (Noise.value(u * 420, v * 420, seed) - 0.5f) * seen(0.003f, width);
            float thread = (Noise.value(u * 40, v * 300, seed + 3) - 0.5f) * seen(0.006f, width);
            float fold = Noise.fractal(u * 4, v * 4, 3, seed + 1) - 0.5f;
            float across = u / period - Noise.floor(u / period) - 0.5f;
            float down = v / period - Noise.floor(v / period) - 0.5f;
            float soft = 0.03f + width / period;
            float share = style == 0 ? 0 : Noise.line(across, 0.2f, soft);
            if (style == 2) {
                share = 0.5f * (share + Noise.line(down, 0.2f, soft));
            }
            paint.into(other, share, 1 + 0.22f * weave + 0.12f * thread + 0.16f * fold, rgb);
        }
    }

    /** Polished stone with veins. */
    record Stone(Paint ground, Paint vein, int seed) implements Texture {
        @Override
        public void colour(float u, float v, float width, float[] rgb) {
            float bend = Noise.fractal(u * 3, v * 3, 3, seed);
            float crack = Math.abs(Noise.fractal(u * 4 + bend * 2, v * 4 - bend, 3, seed + 1) - 0.5f) * 2;
            float grain = (Noise.value(u * 160, v * 160, seed + 2) - 0.5f) * seen(0.006f, width);
            float share = (1 - Noise.step(0, 0.16f, crack)) * 0.7f + 0.3f * bend;
            ground.into(vein, Math.clamp(share, 0f, 1f), 1 + 0.3f * grain, rgb);
        }
    }

    /** Bricks in running bond. */
    record Bricks(Paint light, Paint dark, Paint mortar, int seed) implements Texture {
        @Override
        public void colour(float u, float v, float width, float[] rgb) {
            int row = Noise.floor(v / 0.075f);
            float shifted = u / 0.24f + 0.5f * (row & 1);
            int column = Noise.floor(shifted);
            float cloud = Noise.fractal(u * 25, v * 25, 3, seed) - 0.5f;
            light.into(dark, Dice.hash(column, row, seed), 1 + 0.5f * cloud, rgb);
            float x = 0.12f - Math.abs(shifted - column - 0.5f) * 0.24f;
            float y = 0.0375f - Math.abs(v - (row + 0.5f) * 0.075f);
            mortar.over(rgb, Math.max(Noise.line(x, 0.005f, width), Noise.line(y, 0.005f, width)));
        }
    }

    private static void shade(float[] rgb, float factor) {
        rgb[0] *= factor;
        rgb[1] *= factor;
        rgb[2] *= factor;
    }
}
