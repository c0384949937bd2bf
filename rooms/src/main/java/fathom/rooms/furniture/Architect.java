package fathom.rooms.furniture;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import fathom.raster.Intrinsics;
import fathom.rooms.tracing.Bvh;
import fathom.rooms.tracing.Camera;
import fathom.rooms.tracing.Dice;
import fathom.rooms.tracing.Mesh;
import fathom.rooms.tracing.Scene;
import fathom.rooms.tracing.Vector;

/** Chooses the kind of room for a seed, furnishes the room and places the camera. */
public final class Architect {
    private static final int PLACES = 24;
    private static final int ATTEMPTS = 40;
    /** The range of depths that a structured-light sensor measures, metres. */
    private static final double NEAREST = 0.6;
    private static final double FARTHEST = 9.95;
    private static final int PROBE_ROWS = 48;
    private static final int PROBE_COLUMNS = 64;

    private Architect() {}

    /** The kinds of rooms, in the order of consecutive numbers. */
    enum Kind {
        LIVING_ROOM("living_room"), BEDROOM("bedroom"), OFFICE("office"), CORRIDOR("corridor"), DINING_ROOM(
                "dining_room"), KITCHEN("kitchen"), CONFERENCE_ROOM("conference_room");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    /**
     * Returns the scene for a seed.
     *
     * @param number index in the series of rooms; neighbours have different kinds
     */
    public static Scene design(long seed, int number, Intrinsics intrinsics, int height, int width) {
        Dice order = Dice.of(seed, -1);
        Kind[] kinds = Kind.values();
        Kind kind = kinds[(int) ((order.whole(0, kinds.length - 1) + (long) number) % kinds.length)];
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Dice dice = Dice.of(Dice.mix(seed) + number, attempt);
            Interior interior = Furnisher.furnish(kind, dice);
            Bvh bvh = new Bvh(interior.mesh);
            for (int place = 0; place < PLACES; place++) {
                Camera camera = camera(interior, dice, intrinsics);
                if (suits(camera, interior, bvh, height, width, place < PLACES / 2 ? 12 : 7)) {
                    return new Scene(kind.label, interior.mesh, bvh, interior.lights, camera);
                }
            }
        }
        throw new IllegalArgumentException("rooms: expected a camera with a view from " + NEAREST + " to " + FARTHEST
                + " metres, found none for " + intrinsics + "; use a camera with a field of view near 57 degrees");
    }

    private static Camera camera(Interior in, Dice dice, Intrinsics intrinsics) {
        Vector position = new Vector(in.width * dice.between(0.14, 0.86), dice.between(1.15, 1.62),
                dice.between(0.14, 0.55));
        double opposite = in.width - position.x();
        double x = 0.5 * in.width + 0.55 * (opposite - 0.5 * in.width) * dice.between(0.2, 1.3);
        Vector target = new Vector(x, dice.between(0.62, 1.0), in.depth * dice.between(0.6, 0.85));
        return Camera.looking(position, target, dice.between(-2, 2), intrinsics);
    }

    /**
     * Returns whether no surface is too near, all visible surfaces can be measured, and the view has enough objects.
     */
    private static boolean suits(Camera camera, Interior interior, Bvh bvh, int height, int width, int required) {
        Mesh mesh = interior.mesh;
        Bvh.Hit hit = new Bvh.Hit();
        float[] ray = new float[3];
        float ox = (float) camera.position().x();
        float oy = (float) camera.position().y();
        float oz = (float) camera.position().z();
        float[] depths = new float[PROBE_ROWS * PROBE_COLUMNS];
        Set<Integer> things = new HashSet<>();
        for (int i = 0; i < depths.length; i++) {
            double x = (i % PROBE_COLUMNS) * (width - 1.0) / (PROBE_COLUMNS - 1);
            int row = i / PROBE_COLUMNS;
            double y = row * (height - 1.0) / (PROBE_ROWS - 1);
            camera.ray(x, y, ray);
            if (!bvh.nearest(ox, oy, oz, ray[0], ray[1], ray[2], 0, 1000, hit)) {
                return false;
            }
            depths[i] = hit.t;
            int thing = mesh.thing(hit.triangle);
            if (thing > interior.shellThings()) {
                things.add(thing);
            }
        }
        Arrays.sort(depths);
        return depths[0] >= NEAREST + 0.05 && depths[depths.length - 1] <= FARTHEST && depths[depths.length / 3] > 1.5
                && things.size() >= required && isSpacious(bvh, ox, oy, oz, hit);
    }

    /** Returns whether the space around the camera is empty, so that the camera is not inside furniture. */
    private static boolean isSpacious(Bvh bvh, float ox, float oy, float oz, Bvh.Hit hit) {
        for (int i = 0; i < 120; i++) {
            double y = 1 - (2 * i + 1) / 120.0;
            double r = StrictMath.sqrt(1 - y * y);
            double angle = i * 2.399963229728653;
            float dx = (float) (r * StrictMath.cos(angle));
            float dz = (float) (r * StrictMath.sin(angle));
            if (bvh.nearest(ox, oy, oz, dx, (float) y, dz, 0, 0.12f, hit)) {
                return false;
            }
        }
        return true;
    }
}
