package fathom.rooms.tracing;

/** A light source that shadow rays aim at. Radiance is linear, without a unit. */
public sealed interface Light {
    /** Colour and strength. */
    Paint radiance();

    /**
     * A rectangle around {@code centre} with half edges {@code u} and {@code v} that emits along {@code normal}.
     *
     * @param sky whether it is a window, which emits more light from above than from below
     */
    record Panel(Vector centre, Vector u, Vector v, Vector normal, Paint radiance, boolean sky) implements Light {
        double area() {
            return 4 * u.length() * v.length();
        }
    }

    /** A ball: the bulb inside a shade. */
    record Globe(Vector centre, double radius, Paint radiance) implements Light {}

    /**
     * The sun through the windows: {@code direction} points to it; {@code radiance} is what a surface facing it
     * receives.
     */
    record Sun(Vector direction, Paint radiance) implements Light {}
}
