package fathom.rooms.furniture;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import fathom.rooms.tracing.Dice;
import fathom.rooms.tracing.Vector;
import org.jspecify.annotations.Nullable;

/** The occupied rectangles of the floor and the occupied parts of the walls. */
final class FloorPlan {
    private static final int TRIES = 40;

    private final Modeller room;
    private final double width;
    private final double depth;
    private final Dice dice;
    private final List<double[]> taken = new ArrayList<>();
    private final Map<Wall, List<double[]>> openings = new EnumMap<>(Wall.class);
    private final Map<Wall, List<double[]>> hung = new EnumMap<>(Wall.class);

    FloorPlan(Modeller room, double width, double depth, Dice dice) {
        this.room = room;
        this.width = width;
        this.depth = depth;
        this.dice = dice;
        for (Wall wall : Wall.values()) {
            openings.put(wall, new ArrayList<>());
            hung.put(wall, new ArrayList<>());
        }
    }

    /** Marks the floor between (x0, z0) and (x1, z1) as occupied. */
    void claim(double x0, double z0, double x1, double z1) {
        taken.add(new double[]{Math.min(x0, x1), Math.min(z0, z1), Math.max(x0, x1), Math.max(z0, z1)});
    }

    boolean isFree(double x0, double z0, double x1, double z1) {
        for (double[] t : taken) {
            if (x0 < t[2] && x1 > t[0] && z0 < t[3] && z1 > t[1]) {
                return false;
            }
        }
        return x0 >= 0 && z0 >= 0 && x1 <= width && z1 <= depth;
    }

    /**
     * Records a window or door from {@code from} to {@code to} along the wall. Tall or hanging objects are not placed
     * there.
     */
    void open(Wall wall, double from, double to) {
        openings(wall).add(new double[]{from, to});
    }

    /**
     * Finds a place for an object with its back to a wall, occupies it and returns the frame at the middle of its back;
     * null if the wall is full.
     *
     * @param tall whether it may not stand in front of a window
     */
    @Nullable
    Modeller against(Wall wall, double thingWidth, double thingDepth, boolean tall) {
        double length = wall.length(width, depth);
        Modeller frame = wall.frame(room, width, depth);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            double slack = length - thingWidth - 0.1;
            if (slack < 0) {
                return null;
            }
            double from = 0.05 + dice.between(0, slack);
            double to = from + thingWidth;
            if (tall && meets(openings(wall), from - 0.12, to + 0.12)) {
                continue;
            }
            Vector a = frame.toWorld(from, 0, 0);
            Vector b = frame.toWorld(to, 0, thingDepth + 0.03);
            double x0 = Math.max(0, Math.min(a.x(), b.x()));
            double x1 = Math.min(width, Math.max(a.x(), b.x()));
            double z0 = Math.max(0, Math.min(a.z(), b.z()));
            double z1 = Math.min(depth, Math.max(a.z(), b.z()));
            if (isFree(x0, z0, x1, z1)) {
                claim(x0, z0, x1, z1);
                if (tall) {
                    list(hung, wall).add(new double[]{from, to});
                }
                return frame.at((from + to) / 2, 0, 0.02).thing();
            }
        }
        return null;
    }

    /** Finds a place on the wall for an object that is {@code thingWidth} wide; null if the wall is full. */
    @Nullable
    Modeller hang(Wall wall, double thingWidth) {
        double length = wall.length(width, depth);
        for (int attempt = 0; attempt < TRIES && length > thingWidth + 0.4; attempt++) {
            double from = 0.2 + dice.between(0, length - thingWidth - 0.4);
            double to = from + thingWidth;
            if (!meets(openings(wall), from - 0.2, to + 0.2) && !meets(list(hung, wall), from - 0.1, to + 0.1)) {
                list(hung, wall).add(new double[]{from, to});
                return wall.frame(room, width, depth).at((from + to) / 2, 0, 0).thing();
            }
        }
        return null;
    }

    /** Records that the wall is covered from {@code from} to {@code to}. */
    void cover(Wall wall, double from, double to) {
        list(hung, wall).add(new double[]{from, to});
    }

    /** Finds a place for a free-standing object around (x, z), within {@code spread}; null if there is none. */
    @Nullable
    Modeller around(double x, double z, double spread, double thingWidth, double thingDepth) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            double cx = x + dice.between(-spread, spread);
            double cz = z + dice.between(-spread, spread);
            double hx = thingWidth / 2;
            double hz = thingDepth / 2;
            if (isFree(cx - hx, cz - hz, cx + hx, cz + hz)) {
                claim(cx - hx, cz - hz, cx + hx, cz + hz);
                return room.at(cx, 0, cz).thing();
            }
        }
        return null;
    }

    List<double[]> openings(Wall wall) {
        return list(openings, wall);
    }

    private static List<double[]> list(Map<Wall, List<double[]>> map, Wall wall) {
        return map.computeIfAbsent(wall, key -> new ArrayList<>());
    }

    private static boolean meets(List<double[]> stretches, double from, double to) {
        for (double[] s : stretches) {
            if (from < s[1] && to > s[0]) {
                return true;
            }
        }
        return false;
    }
}
