package fathom.rooms.furniture;

import fathom.rooms.tracing.Dice;
import fathom.rooms.tracing.Material;
import fathom.rooms.tracing.Paint;
import fathom.rooms.tracing.Texture;

/** Shelves, cupboards, drawers and kitchen units. Backs are at z = 0; fronts face along z. */
final class Storage {
    private Storage() {}

    /** Adds {@code rows} drawer fronts on a carcass. */
    static void drawers(Modeller m, Finishes f, Material wood, double wide, double high, double deep, int rows) {
        m.box(wood, -wide / 2, 0, 0, wide / 2, high, deep);
        double each = high / rows;
        for (int i = 0; i < rows; i++) {
            double y = i * each;
            m.cushion(wood, -wide / 2 + 0.004, y + 0.004, deep - 0.002, wide / 2 - 0.004, y + each - 0.004,
                    deep + 0.016, 0.004);
            if (wide > 0.7) {
                knob(m.at(-wide / 4, y + each / 2, deep + 0.016), f);
                knob(m.at(wide / 4, y + each / 2, deep + 0.016), f);
            } else {
                knob(m.at(0, y + each / 2, deep + 0.016), f);
            }
        }
    }

    private static void knob(Modeller m, Finishes f) {
        m.at(0, 0, 0.012).ball(f.metal, 0.014, 0.014, 0.012);
    }

    private static void handle(Modeller m, Finishes f, double x, double y0, double y1, double z) {
        m.bar(f.metal, 0.006, x, y0, z + 0.025, x, y1, z + 0.025);
        m.bar(f.metal, 0.005, x, y0 + 0.01, z, x, y0 + 0.01, z + 0.025);
        m.bar(f.metal, 0.005, x, y1 - 0.01, z, x, y1 - 0.01, z + 0.025);
    }

    /** Adds a chest of drawers with a few objects on it; returns its height. */
    static double dresser(Modeller m, Finishes f, double wide) {
        double high = f.dice.between(0.74, 0.95);
        Material wood = f.dice.chance(0.3) ? f.white : f.anyWood();
        drawers(m.at(0, 0.08, 0), f, wood, wide, high - 0.1, 0.42, f.dice.whole(3, 4));
        m.box(wood, -wide / 2 - 0.015, high - 0.02, 0, wide / 2 + 0.015, high, 0.46);
        m.box(wood, -wide / 2 + 0.02, 0, 0.03, wide / 2 - 0.02, 0.08, 0.4);
        return high;
    }

    /** Adds a bedside table, 0.45 m wide. */
    static void nightstand(Modeller m, Finishes f) {
        Material wood = f.anyWood();
        drawers(m.at(0, 0.16, 0.02), f, wood, 0.42, 0.34, 0.36, 2);
        m.box(wood, -0.225, 0.5, 0, 0.225, 0.525, 0.42);
        for (int corner = 0; corner < 4; corner++) {
            double x = (corner & 1) == 0 ? -0.19 : 0.19;
            double z = (corner & 2) == 0 ? 0.05 : 0.36;
            m.at(x, 0, z).turnedSolid(wood, 8, 0.012, 0, 0.02, 0.16);
        }
    }

    /** Adds a low cupboard with doors. */
    static void sideboard(Modeller m, Finishes f, double wide, double high, double deep) {
        Material wood = f.dice.chance(0.3) ? f.white : f.anyWood();
        m.box(wood, -wide / 2, 0.06, 0, wide / 2, high - 0.02, deep - 0.02);
        m.box(wood, -wide / 2 - 0.01, high - 0.025, 0, wide / 2 + 0.01, high, deep);
        m.box(f.black, -wide / 2 + 0.03, 0, 0.03, wide / 2 - 0.03, 0.06, deep - 0.06);
        int doors = Math.max(2, (int) Math.round(wide / 0.45));
        for (int i = 0; i < doors; i++) {
            double x0 = -wide / 2 + wide * i / doors;
            double x1 = -wide / 2 + wide * (i + 1) / doors;
            m.cushion(wood, x0 + 0.003, 0.07, deep - 0.021, x1 - 0.003, high - 0.03, deep - 0.004, 0.004);
            knob(m.at((i & 1) == 0 ? x1 - 0.04 : x0 + 0.04, high - 0.1, deep - 0.004), f);
        }
    }

    /** Adds a wardrobe with full-height doors. */
    static void wardrobe(Modeller m, Finishes f, double wide, double high) {
        Material wood = f.dice.chance(0.4) ? f.white : f.anyWood();
        m.box(wood, -wide / 2, 0, 0, wide / 2, high, 0.56);
        int doors = Math.max(2, (int) Math.round(wide / 0.5));
        for (int i = 0; i < doors; i++) {
            double x0 = -wide / 2 + wide * i / doors;
            double x1 = -wide / 2 + wide * (i + 1) / doors;
            m.cushion(wood, x0 + 0.003, 0.07, 0.559, x1 - 0.003, high - 0.03, 0.58, 0.004);
            if (f.dice.chance(0.99)) {
                handle(m, f, (i & 1) == 0 ? x1 - 0.05 : x0 + 0.05, high * 0.42, high * 0.42 + 0.22, 0.58);
            }
        }
        m.box(wood, -wide / 2 - 0.015, high - 0.03, 0, wide / 2 + 0.015, high, 0.6);
    }

    /** Adds an open bookcase, full of books and a few other objects; 0.3 m deep. */
    static void bookcase(Modeller m, Finishes f, double wide, double high) {
        Dice dice = f.dice;
        Material wood = dice.chance(0.3) ? f.white : f.anyWood();
        double t = 0.022;
        double deep = 0.29;
        m.box(wood, -wide / 2, 0, 0, -wide / 2 + t, high, deep);
        m.box(wood, wide / 2 - t, 0, 0, wide / 2, high, deep);
        m.box(wood, -wide / 2, 0, 0, wide / 2, high, 0.008);
        int shelves = Math.max(2, (int) Math.round(high / 0.36));
        double each = (high - 0.06) / shelves;
        for (int i = 0; i <= shelves; i++) {
            double y = 0.05 + i * each - t;
            m.box(wood, -wide / 2 + t, y, 0, wide / 2 - t, y + t, deep - 0.004);
        }
        m.box(wood, -wide / 2 + t, 0, 0.02, wide / 2 - t, 0.05, deep - 0.02);
        for (int i = 0; i < shelves; i++) {
            Modeller shelf = m.at(-wide / 2 + t + 0.01, 0.05 + i * each, 0.02).thing();
            double end = wide - 2 * t - 0.02;
            double choice = dice.unit();
            if (choice < 0.62) {
                Clutter.bookRow(shelf, f, end * dice.between(0.55, 1.0), each - 0.05);
            } else if (choice < 0.8) {
                Clutter.bookRow(shelf, f, end * 0.45, each - 0.05);
                Clutter.bookStack(shelf.at(end * 0.72, 0, 0.12).thing(), f, dice.whole(2, 4));
            } else if (choice < 0.92) {
                double side = Math.min(0.26, each - 0.08);
                Clutter.basket(shelf.at(end * 0.3, 0, 0.12).thing(), f, Math.min(0.34, end * 0.5), side, 0.22);
                Greenery.vase(shelf.at(end * 0.8, 0, 0.1).thing(), f, (each - 0.06) * 0.8);
            } else {
                Clutter.bowl(shelf.at(end * 0.3, 0, 0.12).thing(), f, false);
                Greenery.vase(shelf.at(end * 0.75, 0, 0.1).thing(), f, (each - 0.06) * 0.9);
            }
        }
        if (dice.chance(0.4) && high < 2) {
            Greenery.trailing(m.at(wide * dice.between(-0.25, 0.25), high, 0.14).thing(), f);
        }
    }

    /** Adds a row of kitchen units along a wall: base units, worktop, wall units, oven, hob, sink. */
    static void kitchen(Modeller m, Finishes f, double wide, double roomHeight) {
        Dice dice = f.dice;
        Material front = dice.chance(0.5)
                ? f.white
                : dice.chance(0.5)
                        ? f.anyWood()
                        : Material.glossy(new Texture.Plain(Paint.ofHue(dice.unit(), 0.22, 0.6), 0.02f, f.seed()), 0.5,
                                0.3);
        Paint stone = dice.pick(Paint.of(0x3A3B3D), Paint.of(0xC9C4BA), Paint.of(0x6B6762));
        Material worktop = dice.chance(0.4)
                ? f.wood
                : Material.glossy(new Texture.Stone(stone, stone.times(1.7), f.seed()), 1, 0.1);
        Paint tile = dice.pick(Paint.of(0xE5E5E0), Paint.of(0xBFD0CF), Paint.of(0xD8CDB8));
        Material splash = Material.glossy(new Texture.Tiles(tile, tile, Paint.of(0xA9A59D), 0.1f, 0.004f, f.seed()), 1,
                0.06);
        m.box(f.black, -wide / 2, 0, 0, wide / 2, 0.1, 0.5);
        m.box(front, -wide / 2, 0.1, 0, wide / 2, 0.87, 0.56);
        m.box(worktop, -wide / 2 - 0.01, 0.87, 0, wide / 2 + 0.01, 0.91, 0.62);
        m.box(splash, -wide / 2, 0.91, 0, wide / 2, 1.42, 0.008);
        int units = (int) Math.round(wide / 0.6);
        int oven = dice.whole(0, units - 1);
        for (int i = 0; i < units; i++) {
            double x0 = -wide / 2 + wide * i / units;
            double x1 = -wide / 2 + wide * (i + 1) / units;
            Modeller unit = m.at((x0 + x1) / 2, 0, 0).thing();
            double half = (x1 - x0) / 2 - 0.003;
            if (i == oven) {
                oven(unit, f, half, worktop);
            } else if (dice.chance(0.35)) {
                for (int row = 0; row < 3; row++) {
                    double y = 0.12 + 0.25 * row;
                    unit.cushion(front, -half, y, 0.559, half, y + 0.242, 0.58, 0.004);
                    unit.bar(f.metal, 0.006, -0.08, y + 0.19, 0.6, 0.08, y + 0.19, 0.6);
                }
            } else {
                unit.cushion(front, -half, 0.12, 0.559, half, 0.862, 0.58, 0.004);
                handle(unit, f, dice.pick(-1, 1) * (half - 0.05), 0.62, 0.8, 0.58);
            }
        }
        double top = Math.min(2.2, roomHeight - 0.1);
        for (int i = 0; i < units; i++) {
            double x0 = -wide / 2 + wide * i / units;
            double x1 = -wide / 2 + wide * (i + 1) / units;
            Modeller unit = m.thing();
            if (i == oven) {
                unit.box(f.metal, x0 + 0.02, 1.5, 0, x1 - 0.02, 1.58, 0.45);
                unit.box(f.metal, (x0 + x1) / 2 - 0.12, 1.58, 0, (x0 + x1) / 2 + 0.12, top, 0.25);
                continue;
            }
            unit.box(front, x0, 1.42, 0, x1, top, 0.32);
            unit.cushion(front, x0 + 0.003, 1.423, 0.319, x1 - 0.003, top - 0.003, 0.338, 0.004);
            handle(unit, f, (i & 1) == 0 ? x1 - 0.05 : x0 + 0.05, 1.46, 1.6, 0.338);
        }
        for (int i = 0; i < units; i++) {
            double x = -wide / 2 + wide * (i + dice.between(0.2, 0.8)) / units;
            Modeller spot = m.at(x, 0.91, dice.between(0.16, 0.34)).thing();
            if (i != oven) {
                switch (dice.whole(0, 4)) {
                    case 0 -> Clutter.bottle(spot, f);
                    case 1 -> Clutter.mug(spot, f);
                    case 2 -> Clutter.bowl(spot, f, true);
                    case 3 -> Clutter.kettle(spot, f);
                    default -> Greenery.vase(spot, f);
                }
            }
        }
    }

    private static void oven(Modeller m, Finishes f, double half, Material worktop) {
        Material glass = Material.glossy(new Texture.Plain(Paint.of(0x121214), 0, 1), 1, 0.03).absorbing(0.9);
        m.cushion(f.metal, -half, 0.12, 0.559, half, 0.862, 0.578, 0.004);
        m.box(glass, -half + 0.05, 0.2, 0.57, half - 0.05, 0.62, 0.581);
        m.bar(f.metal, 0.01, -half + 0.06, 0.67, 0.61, half - 0.06, 0.67, 0.61);
        for (int i = 0; i < 4; i++) {
            m.at(-half + 0.12 + 0.11 * i, 0.78, 0.578).tilted(90).cylinder(f.black, 0.02, 0.025);
        }
        m.box(glass, -half + 0.02, 0.909, 0.06, half - 0.02, 0.914, 0.55);
        if (f.dice.chance(0.6)) {
            Modeller pot = m.at(-0.1, 0.914, 0.3).thing();
            pot.turnedSolid(f.metal, 20, 0, 0, 0.1, 0, 0.1, 0.13, 0.105, 0.13, 0.03, 0.15, 0, 0.15);
            pot.at(0, 0.16, 0).ball(f.black, 0.015, 0.012, 0.015);
        }
        m.box(worktop, -half, 0.86, 0.5, half, 0.87, 0.6);
    }

    /** Adds a tall refrigerator. */
    static void refrigerator(Modeller m, Finishes f) {
        Material body = f.dice.chance(0.5) ? f.metal : f.white;
        m.cushion(body, -0.3, 0.03, 0, 0.3, 1.8, 0.6, 0.015);
        m.cushion(body, -0.298, 0.04, 0.59, 0.298, 0.68, 0.64, 0.012);
        m.cushion(body, -0.298, 0.69, 0.59, 0.298, 1.795, 0.64, 0.012);
        handle(m, f, 0.25, 0.75, 1.2, 0.64);
        handle(m, f, 0.25, 0.35, 0.64, 0.64);
    }
}
