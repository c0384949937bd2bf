package fathom.rooms.furniture;

import java.util.ArrayList;
import java.util.List;

import fathom.rooms.tracing.Dice;
import fathom.rooms.tracing.Light;
import fathom.rooms.tracing.Material;
import fathom.rooms.tracing.Paint;
import fathom.rooms.tracing.Picture;
import fathom.rooms.tracing.Vector;

/** Floor, walls, ceiling, skirting, windows and doors of a room. */
final class Shell {
    private static final double THICK = 0.22;

    private final Modeller room;
    private final Finishes finishes;
    private final Dice dice;
    private final FloorPlan plan;
    private final List<Light> lights;
    private final double width;
    private final double depth;
    private final double height;
    private final double daylight;

    Shell(Modeller room, Finishes finishes, FloorPlan plan, List<Light> lights, double width, double depth,
            double height, double daylight) {
        this.room = room;
        this.finishes = finishes;
        this.dice = finishes.dice;
        this.plan = plan;
        this.lights = lights;
        this.width = width;
        this.depth = depth;
        this.height = height;
        this.daylight = daylight;
    }

    /** The position of a window on a wall, metres. */
    record Opening(double from, double to, double sill, double head) {}

    /** Adds floor and ceiling. */
    void floorAndCeiling() {
        double[] alongX = {width + 1, 0, 0};
        double[] alongZ = {0, 0, depth + 1};
        double[] corner = {-0.5, 0, -0.5};
        if (dice.chance(0.6)) {
            room.thing().quad(finishes.floor, corner, alongX, alongZ, 0, 0, width + 1, depth + 1);
        } else {
            room.thing().quad(finishes.floor, corner, alongZ, alongX, 0, 0, depth + 1, width + 1);
        }
        room.thing().box(finishes.ceiling, -0.5, height, -0.5, width + 0.5, height + 0.2, depth + 0.5);
    }

    /** Adds one wall with its windows, skirting and cornice. */
    void wall(Wall wall, Material paint, List<Opening> windows) {
        double length = wall.length(width, depth);
        Modeller frame = wall.frame(room, width, depth).thing();
        List<Opening> sorted = new ArrayList<>(windows);
        sorted.sort((a, b) -> Double.compare(a.from(), b.from()));
        double at = -THICK;
        for (Opening w : sorted) {
            frame.box(paint, at, 0, -THICK, w.from(), height, 0);
            frame.box(paint, w.from(), 0, -THICK, w.to(), w.sill(), 0);
            frame.box(paint, w.from(), w.head(), -THICK, w.to(), height, 0);
            at = w.to();
        }
        frame.box(paint, at, 0, -THICK, length + THICK, height, 0);
        Modeller trim = frame.thing();
        double skirting = dice.between(0.07, 0.13);
        trim.box(finishes.trim, 0, 0, 0, length, skirting, 0.014);
        trim.box(finishes.trim, 0, skirting, 0, length, skirting + 0.008, 0.008);
        if (dice.chance(0.4)) {
            trim.box(finishes.trim, 0, height - 0.07, 0, length, height, 0.03);
            trim.box(finishes.trim, 0, height - 0.03, 0, length, height, 0.06);
        }
        for (Opening w : sorted) {
            plan.open(wall, w.from(), w.to());
            window(frame, w);
        }
    }

    private void window(Modeller wall, Opening w) {
        Modeller m = wall.at(w.from(), w.sill(), 0).thing();
        double wide = w.to() - w.from();
        double high = w.head() - w.sill();
        double pane = -THICK + 0.05;
        boolean evening = daylight < 1;
        Paint sky = evening
                ? Paint.of(0x24385C)
                : dice.pick(Paint.of(0xBFDCFF), Paint.of(0xDDEBFA), Paint.of(0xEAF2FB));
        Paint haze = evening ? Paint.of(0x6A6F8C) : Paint.of(0xF6F8FA);
        Paint trees = evening ? Paint.of(0x10151A) : Paint.of(0x5F7A4A);
        Material view = Material
                .shining(new Picture.Outside(sky, haze, trees, (float) dice.between(0.15, 0.45), finishes.seed()),
                        daylight * dice.between(0.55, 1.1) * (evening ? 0.5 : 1))
                .absorbing(0.97);
        m.quad(view, new double[]{0, 0, pane}, new double[]{wide, 0, 0}, new double[]{0, high, 0}, 0, 0, 1, 1);
        frame(m.thing(), wide, high, pane);
        Material trim = finishes.trim;
        m.box(trim, -0.06, -0.035, -0.01, wide + 0.06, 0, 0.09);
        if (dice.chance(0.6)) {
            m.box(trim, -0.07, 0, 0, 0, high + 0.07, 0.015);
            m.box(trim, wide, 0, 0, wide + 0.07, high + 0.07, 0.015);
            m.box(trim, -0.07, high, 0, wide + 0.07, high + 0.07, 0.018);
        }
        Vector centre = m.toWorld(wide / 2, high / 2, pane + 0.012);
        Vector across = m.toWorld(wide, high / 2, pane + 0.012).minus(centre);
        Vector normal = m.toWorld(wide / 2, high / 2, pane + 1.012).minus(centre);
        Paint glow = sky.towards(Paint.of(0xFFFFFF), 0.3).times(daylight);
        lights.add(new Light.Panel(centre, across, new Vector(0, high / 2, 0), normal, glow, true));
        dress(m, w, wide, high);
    }

    private void frame(Modeller m, double wide, double high, double pane) {
        Material bar = finishes.trim;
        double t = 0.05;
        double front = pane + 0.05;
        m.box(bar, 0, 0, pane, t, high, front);
        m.box(bar, wide - t, 0, pane, wide, high, front);
        m.box(bar, 0, 0, pane, wide, t, front);
        m.box(bar, 0, high - t, pane, wide, high, front);
        int columns = Math.max(1, (int) Math.round(wide / dice.between(0.55, 0.9)));
        for (int i = 1; i < columns; i++) {
            double x = wide * i / columns;
            m.box(bar, x - 0.025, 0, pane, x + 0.025, high, front - 0.005);
        }
        if (dice.chance(0.5)) {
            double y = high * dice.between(0.6, 0.75);
            m.box(bar, 0, y - 0.02, pane, wide, y + 0.02, front - 0.01);
        }
    }

    /** Adds curtains, a blind, and a radiator below. */
    private void dress(Modeller m, Opening w, double wide, double high) {
        double choice = dice.unit();
        if (choice < 0.6) {
            Material cloth = dice.chance(0.5) ? finishes.linen() : finishes.cloth();
            double drop = w.sill() + high + 0.12 - (dice.chance(0.6) ? 0.03 : w.sill() - 0.1);
            double bottom = high + 0.12 - drop;
            double side = dice.between(0.28, 0.42) + 0.08 * wide;
            m.thing().bar(finishes.metal, 0.012, -side, high + 0.13, 0.09, wide + side, high + 0.13, 0.09);
            curtain(m.at(-side * 0.75, bottom, 0.09), cloth, side, drop);
            curtain(m.at(wide - side * 0.25, bottom, 0.09), cloth, side, drop);
        } else if (choice < 0.8) {
            double reach = high * dice.between(0.15, 0.55);
            Modeller slats = m.thing();
            for (double y = high - 0.05; y > high - reach; y -= 0.035) {
                slats.at(wide / 2, y, -0.06).tilted(28).box(finishes.white, -wide / 2 + 0.02, 0, -0.02, wide / 2 - 0.02,
                        0.002, 0.02);
            }
            slats.box(finishes.white, 0.01, high - 0.05, -0.09, wide - 0.01, high - 0.005, -0.03);
        }
        if (w.sill() > 0.65 && dice.chance(0.6)) {
            radiator(m.at(wide / 2, -w.sill(), 0), Math.min(wide, 1.2), Math.min(0.6, w.sill() - 0.2));
        }
    }

    private void curtain(Modeller m, Material cloth, double wide, double drop) {
        int folds = (int) Math.round(wide / 0.085);
        double phase = dice.between(0, 6);
        m.thing().sheet(cloth, folds * 8, 10, wide * 2, drop, (s, t, p) -> {
            double wave = 2 * Math.PI * folds * s + phase + 0.8 * StrictMath.sin(3 * t + phase);
            double gather = 0.9 + 0.1 * StrictMath.cos(Math.PI * (t - 0.1));
            p[0] = wide * (0.5 + (s - 0.5) * gather) + 0.006 * StrictMath.sin(2 * wave);
            p[1] = drop * t;
            p[2] = 0.032 * StrictMath.sin(wave) * (1.1 - 0.3 * t);
        });
    }

    private void radiator(Modeller m, double wide, double high) {
        Modeller r = m.thing();
        r.box(finishes.white, -wide / 2, 0.12, 0.03, wide / 2, 0.12 + high, 0.05);
        int fins = (int) (wide / 0.05);
        for (int i = 0; i < fins; i++) {
            double x = -wide / 2 + wide * (i + 0.5) / fins;
            r.cushion(finishes.white, x - 0.02, 0.11, 0.05, x + 0.02, 0.13 + high, 0.1, 0.012);
        }
        r.bar(finishes.metal, 0.012, wide / 2, 0.2, 0.07, wide / 2 + 0.06, 0.2, 0.07);
        r.bar(finishes.metal, 0.012, wide / 2 + 0.06, 0, 0.07, wide / 2 + 0.06, 0.2, 0.07);
    }

    /** Adds a closed door with its casing, in front of the wall. */
    void door(Wall wall, double from) {
        double wide = 0.86;
        double high = Math.min(2.04, height - 0.15);
        plan.open(wall, from - 0.1, from + wide + 0.1);
        Modeller m = wall.frame(room, width, depth).at(from, 0, 0).thing();
        Vector a = m.toWorld(0, 0, 0);
        Vector b = m.toWorld(wide, 0, 0.8);
        plan.claim(Math.max(0, Math.min(a.x(), b.x())), Math.max(0, Math.min(a.z(), b.z())), Math.max(a.x(), b.x()),
                Math.max(a.z(), b.z()));
        Material leaf = dice.chance(0.55) ? finishes.trim : finishes.anyWood();
        Material casing = dice.chance(0.8) ? finishes.trim : leaf;
        m.box(casing, -0.09, 0, 0, 0, high + 0.09, 0.03);
        m.box(casing, wide, 0, 0, wide + 0.09, high + 0.09, 0.03);
        m.box(casing, -0.09, high, 0, wide + 0.09, high + 0.09, 0.032);
        m.thing().box(leaf, 0.003, 0.008, -0.02, wide - 0.003, high - 0.003, 0.008);
        int rows = dice.whole(1, 3);
        for (int i = 0; i < rows; i++) {
            double y0 = 0.16 + (high - 0.28) * i / rows;
            double y1 = 0.16 + (high - 0.28) * (i + 1) / rows - 0.12;
            for (int side = 0; side < 2 && rows > 1; side++) {
                double x0 = side == 0 ? 0.12 : wide / 2 + 0.05;
                double x1 = side == 0 ? wide / 2 - 0.05 : wide - 0.12;
                panel(m, leaf, x0, y0, x1, y1);
            }
            if (rows == 1) {
                panel(m, leaf, 0.12, y0, wide - 0.12, y1);
            }
        }
        Modeller handle = m.at(wide - 0.07, 1.02, 0.008);
        handle.box(finishes.metal, -0.02, -0.08, 0, 0.02, 0.08, 0.006);
        handle.bar(finishes.metal, 0.008, 0, 0.03, 0, 0, 0.03, 0.05);
        handle.bar(finishes.metal, 0.009, 0, 0.03, 0.05, -0.11, 0.03, 0.05);
    }

    private static void panel(Modeller m, Material leaf, double x0, double y0, double x1, double y1) {
        double t = 0.022;
        m.box(leaf, x0, y0, 0.006, x0 + t, y1, 0.018);
        m.box(leaf, x1 - t, y0, 0.006, x1, y1, 0.018);
        m.box(leaf, x0, y0, 0.006, x1, y0 + t, 0.018);
        m.box(leaf, x0, y1 - t, 0.006, x1, y1, 0.018);
    }
}
