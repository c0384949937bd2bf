package fathom.rooms.tracing;

/**
 * The material of a surface.
 *
 * @param texture its colour
 * @param gloss strength of the mirror image, 0 (matt) to 1 (varnish, glass)
 * @param roughness blur of the mirror image, 0 to 1
 * @param emission emitted radiance, in multiples of its colour; 0 for most
 * @param absorbs share of the infrared pattern of a depth sensor that is lost on it, 0 to 1
 */
public record Material(Texture texture, float gloss, float roughness, float emission, float absorbs) {
    /** Returns a matt surface. */
    public static Material matt(Texture texture) {
        return new Material(texture, 0, 1, 0, 0);
    }

    /** Returns a surface with a mirror image. */
    public static Material glossy(Texture texture, double gloss, double roughness) {
        return new Material(texture, (float) gloss, (float) roughness, 0, (float) (0.25 * gloss * (1 - roughness)));
    }

    /** Returns a surface that emits light. */
    public static Material shining(Texture texture, double emission) {
        return new Material(texture, 0, 1, (float) emission, 0.6f);
    }

    /** Returns the same surface, darker for a depth sensor. */
    public Material absorbing(double share) {
        return new Material(texture, gloss, roughness, emission, (float) share);
    }

    /** Returns whether the surface emits light; such surfaces cast no shadow. */
    boolean emits() {
        return emission > 0;
    }
}
