package fathom.rooms.tracing;

/**
 * A position or direction in the world, metres.
 *
 * @param x to the right
 * @param y up
 * @param z into the room
 */
public record Vector(double x, double y, double z) {
    public Vector plus(Vector o) {
        return new Vector(x + o.x, y + o.y, z + o.z);
    }

    public Vector minus(Vector o) {
        return new Vector(x - o.x, y - o.y, z - o.z);
    }

    public Vector times(double factor) {
        return new Vector(x * factor, y * factor, z * factor);
    }

    public double dot(Vector o) {
        return x * o.x + y * o.y + z * o.z;
    }

    public Vector cross(Vector o) {
        return new Vector(y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x);
    }

    double length() {
        return StrictMath.sqrt(dot(this));
    }

    /** Returns the same direction with a length of 1; a vector of length 0 is returned unchanged. */
    public Vector unit() {
        double length = length();
        return length > 0 ? times(1 / length) : this;
    }
}
