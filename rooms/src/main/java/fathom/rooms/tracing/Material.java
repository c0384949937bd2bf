package fathom.rooms.tracing;

/**
 * What a surface is made of.
 *
 * @param texture its colour
 * @param gloss strength of the mirror image, 0 (matt) to 1 (varnish, glass)
 * @param roughness blur of the mirror image, 0 to 1
 * @param emission radiance that it gives off, in multiples of its colour; 0 for most
 * @param absorbs share of a depth sensor's infrared pattern that is lost on it, 0 to 1
 */
public record Material(Texture texture, float gloss, float roughness, float emission, float absorbs) {
    /** A matt surface. */
    public static Material matt(Texture texture) {
        return new Material(texture, 0, 1, 0, 0);
    }

    /** A surface with a mirror image. */
    public static Material glossy(Texture texture, double gloss, double roughness) {
        return new Material(texture, (float) gloss, (float) roughness, 0, (float) (0.25 * gloss * (1 - roughness)));
    }

    /** A surface that shines. */
    public static Material shining(Texture texture, double emission) {
        return new Material(texture, 0, 1, (float) emission, 0.6f);
    }

    /** The same surface, darker for a depth sensor. */
    public Material absorbing(double share) {
        return new Material(texture, gloss, roughness, emission, (float) share);
    }

    /** Whether the surface gives off light; such surfaces cast no shadow. */
    boolean emits() {
        return emission > 0;
    }
}
