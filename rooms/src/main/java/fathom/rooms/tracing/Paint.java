package fathom.rooms.tracing;

/**
 * A colour in linear light.
 *
 * @param r red
 * @param g green
 * @param b blue
 */
public record Paint(float r, float g, float b) {
    /** Returns the colour of an sRGB value, 0xRRGGBB. */
    public static Paint of(int rgb) {
        return new Paint(linear(rgb >> 16 & 0xFF), linear(rgb >> 8 & 0xFF), linear(rgb & 0xFF));
    }

    /** Returns a colour by hue in revolutions, saturation and value (0 to 1, of sRGB). */
    public static Paint ofHue(double hue, double saturation, double value) {
        return new Paint(channel(hue, 5, saturation, value), channel(hue, 3, saturation, value),
                channel(hue, 1, saturation, value));
    }

    private static float channel(double hue, int offset, double saturation, double value) {
        double k = (offset + 6 * (hue - StrictMath.floor(hue))) % 6;
        double v = value - value * saturation * Math.clamp(Math.min(k, 4 - k), 0.0, 1.0);
        return linear((int) Math.round(255 * v));
    }

    private static float linear(int level) {
        double s = level / 255.0;
        return (float) (s <= 0.04045 ? s / 12.92 : StrictMath.pow((s + 0.055) / 1.055, 2.4));
    }

    /** Returns a colour between this (0) and {@code other} (1). */
    public Paint towards(Paint other, double t) {
        float share = (float) t;
        return new Paint(r + (other.r - r) * share, g + (other.g - g) * share, b + (other.b - b) * share);
    }

    /** Returns the same colour, {@code factor} times as bright. */
    public Paint times(double factor) {
        return new Paint((float) (r * factor), (float) (g * factor), (float) (b * factor));
    }

    /** Writes this colour, {@code factor} times as bright, to {@code rgb}. */
    void into(float[] rgb, float factor) {
        rgb[0] = r * factor;
        rgb[1] = g * factor;
        rgb[2] = b * factor;
    }

    /** Writes the colour between this (0) and {@code other} (1), {@code factor} times as bright, to {@code rgb}. */
    void into(Paint other, float t, float factor, float[] rgb) {
        rgb[0] = (r + (other.r - r) * t) * factor;
        rgb[1] = (g + (other.g - g) * t) * factor;
        rgb[2] = (b + (other.b - b) * t) * factor;
    }

    /** Blends {@code share} of this colour into {@code rgb}. */
    void over(float[] rgb, float share) {
        rgb[0] += (r - rgb[0]) * share;
        rgb[1] += (g - rgb[1]) * share;
        rgb[2] += (b - rgb[2]) * share;
    }
}
