package fathom.rooms.tracing;

/**
 * A framed picture, u and v from 0 to 1: hills under a sky (style 0), blocks of colour (1), discs (2) or brush strokes
 * (3).
 */
public record Picture(Paint a, Paint b, Paint c, int style, int seed) implements Texture {
    @Override
    public void colour(float u, float v, float width, float[] rgb) {
        switch (style) {
            case 0 -> hills(u, v, rgb);
            case 1 -> blocks(u, v, rgb);
            case 2 -> discs(u, v, rgb);
            default -> strokes(u, v, rgb);
        }
    }

    private void hills(float u, float v, float[] rgb) {
        a.into(b, Noise.step(0.35f, 1, v), 1, rgb);
        for (int ridge = 0; ridge < 4; ridge++) {
            float height = 0.62f - 0.15f * ridge
                    + 0.22f * (Noise.fractal(u * (2 + ridge) + 9 * ridge, ridge, 4, seed) - 0.5f);
            if (v < height) {
                c.into(a, 0.55f - 0.18f * ridge, 1 - 0.15f * ridge, rgb);
            }
        }
    }

    private void blocks(float u, float v, float[] rgb) {
        float x = u;
        float y = v;
        int cell = seed;
        for (int cut = 0; cut < 4; cut++) {
            float at = 0.3f + 0.4f * Dice.hash(cell, cut, 5);
            boolean upright = (cut & 1) == 0;
            float value = upright ? x : y;
            boolean low = value < at;
            float scaled = low ? value / at : (value - at) / (1 - at);
            cell = cell * 2 + (low ? 0 : 1);
            x = upright ? scaled : x;
            y = upright ? y : scaled;
        }
        float pick = Dice.hash(cell, 7, seed);
        (pick < 0.34f ? a : pick < 0.67f ? b : c).into(rgb, 0.8f + 0.4f * Dice.hash(cell, 8, seed));
    }

    private void discs(float u, float v, float[] rgb) {
        a.into(rgb, 1);
        for (int disc = 0; disc < 6; disc++) {
            float x = u - Dice.hash(disc, 1, seed);
            float y = v - Dice.hash(disc, 2, seed);
            float radius = 0.08f + 0.22f * Dice.hash(disc, 3, seed);
            if (x * x + y * y < radius * radius) {
                ((disc & 1) == 0 ? b : c).over(rgb, 0.8f);
            }
        }
    }

    private void strokes(float u, float v, float[] rgb) {
        float bend = Noise.fractal(u * 3, v * 3, 4, seed);
        float band = Noise.fractal(u * 2 + 3 * bend, v * 5 - bend, 4, seed + 1);
        a.into(b, Noise.step(0.3f, 0.6f, band), 1, rgb);
        c.over(rgb, Noise.step(0.55f, 0.7f, bend));
    }

    /** The view through a window, u and v from 0 to 1: a bright sky over blurred trees and a lawn. */
    public record Outside(Paint sky, Paint haze, Paint trees, float horizon, int seed) implements Texture {
        @Override
        public void colour(float u, float v, float width, float[] rgb) {
            haze.into(sky, Noise.step(horizon, 1, v), 1, rgb);
            float cloud = Noise.fractal(u * 3, v * 5, 4, seed + 1);
            haze.over(rgb, 0.7f * Noise.step(0.5f, 0.75f, cloud));
            float crown = horizon + 0.35f * (Noise.fractal(u * 5, 0.3f, 4, seed) - 0.35f);
            float leaves = 0.7f + 0.6f * Noise.fractal(u * 14, v * 14, 3, seed + 2);
            float share = 1 - Noise.step(crown - 0.03f, crown + 0.03f, v);
            rgb[0] += (trees.r() * leaves - rgb[0]) * share * 0.85f;
            rgb[1] += (trees.g() * leaves - rgb[1]) * share * 0.85f;
            rgb[2] += (trees.b() * leaves - rgb[2]) * share * 0.85f;
        }
    }

    /** A rug of the given half size around (0, 0), metres: borders around diamonds (style 0) or plain bands (1). */
    public record Rug(Paint ground, Paint border, Paint motif, float halfU, float halfV, int style,
            int seed) implements Texture {
        @Override
        public void colour(float u, float v, float width, float[] rgb) {
            float edge = Math.min(halfU - Math.abs(u), halfV - Math.abs(v));
            ground.into(rgb, 1);
            if (style == 0) {
                float du = u / 0.34f - Noise.floor(u / 0.34f) - 0.5f;
                float dv = v / 0.46f - Noise.floor(v / 0.46f) - 0.5f;
                float diamond = Math.abs(du) + Math.abs(dv);
                motif.over(rgb, 1 - Noise.step(0.26f, 0.29f + width, diamond));
                border.over(rgb, 1 - Noise.step(0.12f, 0.15f + width, diamond));
                border.over(rgb, 1 - Noise.step(0.17f, 0.175f + width, edge));
                motif.over(rgb, Noise.line(edge - 0.11f, 0.018f, 0.005f + width));
                ground.over(rgb, Noise.line(edge - 0.05f, 0.012f, 0.005f + width));
            } else {
                float band = v / 0.3f - Noise.floor(v / 0.3f) - 0.5f;
                motif.over(rgb, 0.8f * Noise.line(band, 0.17f, 0.02f + width));
                border.over(rgb, 1 - Noise.step(0.04f, 0.045f + width, edge));
            }
            float tuft = (Noise.value(u * 220, v * 220, seed) - 0.5f) * Texture.seen(0.005f, width);
            float worn = Noise.fractal(u * 3, v * 3, 3, seed + 1) - 0.5f;
            float tone = 1 + 0.4f * tuft + 0.3f * worn;
            rgb[0] *= tone;
            rgb[1] *= tone;
            rgb[2] *= tone;
        }
    }

    /** A computer screen that is on, u and v from 0 to 1: windows with lines of text. */
    public record Screen(Paint desk, Paint sheet, Paint ink, int seed) implements Texture {
        @Override
        public void colour(float u, float v, float width, float[] rgb) {
            desk.into(sheet, 0.25f * v, 1, rgb);
            boolean left = u > 0.06f && u < 0.58f && v > 0.12f && v < 0.9f;
            boolean right = u > 0.62f && u < 0.95f && v > 0.3f && v < 0.8f;
            if (left || right) {
                sheet.into(rgb, 1);
                int line = Noise.floor(v * 40);
                float start = left ? 0.09f : 0.64f;
                float length = (left ? 0.42f : 0.26f) * (0.3f + 0.7f * Dice.hash(line, 2, seed));
                if (v > 0.84f && left) {
                    ink.over(rgb, 0.5f);
                } else if ((line & 1) == 0 && u > start && u < start + length) {
                    ink.over(rgb, 0.6f);
                }
            }
        }
    }
}
