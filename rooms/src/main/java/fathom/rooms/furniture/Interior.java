package fathom.rooms.furniture;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import fathom.rooms.tracing.Dice;
import fathom.rooms.tracing.Light;
import fathom.rooms.tracing.Material;
import fathom.rooms.tracing.Mesh;
import fathom.rooms.tracing.Paint;
import fathom.rooms.tracing.Vector;
import org.jspecify.annotations.Nullable;

/** One room during construction: its size, mesh, finishes and occupied places. */
final class Interior {
    final Dice dice;
    final Finishes finishes;
    final double width;
    final double depth;
    final double height;
    final Mesh mesh = new Mesh();
    final Modeller room = Modeller.of(mesh);
    final List<Light> lights = new ArrayList<>();
    final FloorPlan plan;
    /** Strength of the daylight behind the windows; low in the evening. */
    final double daylight;
    private final Shell shell;
    private int shellThings;

    Interior(Dice dice, double width, double depth, double height, boolean evening) {
        this.dice = dice;
        this.finishes = new Finishes(dice);
        this.width = width;
        this.depth = depth;
        this.height = height;
        this.daylight = evening ? dice.between(0.1, 0.3) : dice.between(4, 9);
        this.plan = new FloorPlan(room, width, depth, dice);
        this.shell = new Shell(room, finishes, plan, lights, width, depth, height, daylight);
    }

    boolean evening() {
        return daylight < 1;
    }

    /**
     * Adds floor, ceiling and four walls, with windows in the given walls. One wall may have another paper or paint.
     */
    void enclose(List<Wall> windowed, @Nullable Wall accent) {
        shell.floorAndCeiling();
        for (Wall wall : Wall.values()) {
            Material paint = wall == accent ? finishes.accent : finishes.wall;
            List<Shell.Opening> openings = windowed.contains(wall) ? openings(wall.length(width, depth)) : List.of();
            shell.wall(wall, paint, openings);
            if (!openings.isEmpty() && !evening() && dice.chance(0.5)) {
                sun(wall);
            }
        }
        shellThings = mesh.things();
    }

    /**
     * Returns the number of things that are walls, floor, ceiling and windows. They have the numbers from 1 to this;
     * the others are furniture.
     */
    int shellThings() {
        return shellThings;
    }

    private List<Shell.Opening> openings(double length) {
        double sill = dice.chance(0.2) ? 0.12 : dice.between(0.75, 0.95);
        double head = Math.min(height - 0.18, dice.between(2.05, 2.3));
        int count = length > 3.6 && dice.chance(0.45) ? 2 : 1;
        double wide = dice.between(0.9, count == 2 ? 1.2 : 1.9);
        List<Shell.Opening> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double middle = length * (i + 0.5) / count + (count == 1 ? dice.between(-0.2, 0.2) * (length - wide) : 0);
            list.add(new Shell.Opening(middle - wide / 2, middle + wide / 2, sill, head));
        }
        return list;
    }

    private void sun(Wall wall) {
        Modeller frame = wall.frame(room, width, depth);
        Vector origin = frame.toWorld(0, 0, 0);
        Vector out = origin.minus(frame.toWorld(0, 0, 1));
        Vector along = frame.toWorld(1, 0, 0).minus(origin);
        Vector up = new Vector(0, dice.between(0.35, 0.95), 0);
        Vector direction = out.plus(up).plus(along.times(dice.between(-0.8, 0.8))).unit();
        for (Light light : lights) {
            if (light instanceof Light.Sun) {
                return;
            }
        }
        lights.add(new Light.Sun(direction, Paint.of(0xFFE6C4).times(daylight * dice.between(1.6, 3))));
    }

    void door(Wall wall, double from) {
        shell.door(wall, from);
        Modeller frame = wall.frame(room, width, depth);
        if (from > 0.4) {
            Decor.plate(frame.at(from - 0.22, 0, 0).thing(), finishes, 1.1);
        }
    }

    /** Adds a door in the middle part of a wall if there is space. */
    void doorSomewhere(Wall wall) {
        double length = wall.length(width, depth);
        for (int attempt = 0; attempt < 20; attempt++) {
            double from = dice.between(0.3, Math.max(0.31, length - 1.3));
            boolean clash = plan.openings(wall).stream().anyMatch(o -> from - 0.5 < o[1] && from + 1.4 > o[0]);
            if (!clash) {
                door(wall, from);
                return;
            }
        }
    }

    /** Places an object against one of the walls, if one has space. */
    void against(Wall[] walls, double wide, double deep, boolean tall, Consumer<Modeller> thing) {
        int start = dice.whole(0, walls.length - 1);
        for (int i = 0; i < walls.length; i++) {
            Modeller m = plan.against(walls[(start + i) % walls.length], wide, deep, tall);
            if (m != null) {
                thing.accept(m);
                return;
            }
        }
    }

    /** Hangs an object on one of the walls, if one has space. */
    void hang(Wall[] walls, double wide, Consumer<Modeller> thing) {
        int start = dice.whole(0, walls.length - 1);
        for (int i = 0; i < walls.length; i++) {
            Modeller m = plan.hang(walls[(start + i) % walls.length], wide);
            if (m != null) {
                thing.accept(m);
                return;
            }
        }
    }

    /** Adds a lamp in the middle of the ceiling. */
    void ceilingLamp() {
        double strength = evening() ? dice.between(14, 20) : dice.between(2, 8);
        double x = width * dice.between(0.42, 0.58);
        double z = depth * dice.between(0.5, 0.62);
        if (dice.chance(0.4)) {
            Lamps.pendant(room.thing().at(x, height, z), finishes, lights, dice.between(0.35, 0.6), 0.9 * strength);
        } else {
            Lamps.dome(room.at(x, height, z), lights, 1.6 * strength);
        }
    }

    /** Adds small objects on the floor along the walls. */
    void litter(int things) {
        Wall[] walls = {Wall.BACK, Wall.LEFT, Wall.RIGHT};
        for (int i = 0; i < things; i++) {
            switch (dice.whole(0, 5)) {
                case 0 -> against(walls, 0.5, 0.42, false, m -> Clutter.carton(m.at(0, 0, 0.22), finishes));
                case 1 -> against(walls, 0.34, 0.34, false, m -> Clutter.bin(m.at(0, 0, 0.17), finishes));
                case 2 -> against(walls, 0.4, 0.35, false, m -> Clutter.bag(m.at(0, 0, 0.16), finishes));
                case 3 -> against(walls, 0.4, 0.4, false, m -> Clutter.shoes(m.at(0, 0, 0.2), finishes));
                case 4 ->
                    against(walls, 0.45, 0.4, false, m -> Clutter.basket(m.at(0, 0, 0.2), finishes, 0.4, 0.28, 0.32));
                default -> {
                    double high = dice.between(0.7, 1.6);
                    double wide = 0.3 + 0.3 * high;
                    against(walls, wide, wide, false, m -> Greenery.pottedPlant(m.at(0, 0, wide / 2), finishes, high));
                }
            }
        }
    }

    void pictures(int groups) {
        Wall[] walls = {Wall.BACK, Wall.LEFT, Wall.RIGHT};
        for (int i = 0; i < groups; i++) {
            double wide = dice.between(0.5, 1.5);
            hang(walls, wide, m -> Decor.gallery(m, finishes, wide));
        }
    }
}
