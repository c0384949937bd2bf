package fathom.rooms.furniture;

import fathom.rooms.tracing.Dice;
import fathom.rooms.tracing.Material;
import fathom.rooms.tracing.Paint;
import fathom.rooms.tracing.Picture;
import fathom.rooms.tracing.Texture;

/** Tables and desks with the objects on them. Backs are at z = 0; fronts face along z. */
final class Tables {
    private Tables() {}

    /** Adds a table on four legs; returns its height. */
    static double table(Modeller m, Finishes f, Material wood, double wide, double deep, double high) {
        double t = f.dice.between(0.022, 0.04);
        m.cushion(wood, -wide / 2, high - t, 0, wide / 2, high, deep, 0.006);
        boolean round = f.dice.chance(0.4);
        for (int corner = 0; corner < 4; corner++) {
            double x = ((corner & 1) == 0 ? -1 : 1) * (wide / 2 - 0.06);
            double z = (corner & 2) == 0 ? 0.06 : deep - 0.06;
            if (round) {
                m.at(x, 0, z).turnedSolid(wood, 12, 0.016, 0, 0.03, high - t);
            } else {
                m.box(wood, x - 0.025, 0, z - 0.025, x + 0.025, high - t, z + 0.025);
            }
        }
        m.box(wood, -wide / 2 + 0.06, high - t - 0.07, 0.05, wide / 2 - 0.06, high - t, 0.07);
        m.box(wood, -wide / 2 + 0.06, high - t - 0.07, deep - 0.07, wide / 2 - 0.06, high - t, deep - 0.05);
        return high;
    }

    /** Adds a desk with a computer, papers and a lamp. */
    static void desk(Modeller m, Finishes f, double wide, double deep) {
        Dice dice = f.dice;
        Material wood = dice.chance(0.3) ? f.white : f.anyWood();
        double high = table(m, f, wood, wide, deep, 0.74);
        if (dice.chance(0.7)) {
            Storage.drawers(m.at(dice.pick(-1, 1) * (wide / 2 - 0.28), 0.04, 0.08), f, wood, 0.4, 0.62, deep - 0.14, 3);
        }
        Modeller top = m.at(0, high, 0);
        double screen = dice.between(-0.15, 0.15);
        if (dice.chance(0.75)) {
            monitor(top.at(screen, 0, 0.2).turned(dice.between(-10, 10)).thing(), f, dice.between(0.5, 0.62), 0.34);
            Modeller keys = top.at(screen, 0, deep - 0.16).turned(dice.between(-4, 4)).thing();
            keyboard(keys, f);
            keys.at(0.3, 0.016, 0).ball(f.black, 0.03, 0.018, 0.05);
        } else {
            laptop(top.at(screen, 0, deep - 0.34).thing(), f);
        }
        Clutter.mug(top.at(screen + dice.pick(-1, 1) * 0.42, 0, deep - 0.2).thing(), f);
        Clutter.papers(top.at(screen - 0.5, 0, deep * 0.45).turned(dice.between(-25, 25)).thing(), f);
        if (wide > 1.2) {
            Clutter.bookStack(top.at(wide / 2 - 0.2, 0, 0.16).thing(), f, dice.whole(2, 5));
            Clutter.penPot(top.at(screen + 0.36, 0, 0.14).thing(), f);
        }
    }

    /** Adds a flat screen on a foot, switched on or off. */
    static void monitor(Modeller m, Finishes f, double wide, double high) {
        Texture work = new Picture.Screen(Paint.of(0x3C6EA5), Paint.of(0xF2F4F6), Paint.of(0x39434D), f.seed());
        screen(m, f, wide, high, work);
    }

    /** Adds a flat screen on a foot that shows {@code content}, or is dark. */
    private static void screen(Modeller m, Finishes f, double wide, double high, Texture content) {
        m.at(0, 0.11, 0).box(f.black, -wide / 2, 0, -0.015, wide / 2, high, 0.012);
        m.box(f.black, -0.03, 0, -0.04, 0.03, 0.3, -0.02);
        m.block(f.black, 0.22, 0.012, 0.17);
        Material face = f.dice.chance(0.5)
                ? Material.shining(content, 0.55)
                : Material.glossy(new Texture.Plain(Paint.of(0x0B0B0D), 0, 1), 1, 0.03).absorbing(0.95);
        m.quad(face, new double[]{-wide / 2 + 0.012, 0.13, 0.0125}, new double[]{wide - 0.024, 0, 0},
                new double[]{0, high - 0.036, 0}, 0, 0, 1, 1);
    }

    private static void keyboard(Modeller m, Finishes f) {
        Material body = f.dice.chance(0.6) ? f.black : f.white;
        m.cushion(body, -0.21, 0, -0.065, 0.21, 0.014, 0.065, 0.005);
        Material key = f.dice.chance(0.5) ? f.black : f.white;
        for (int row = 0; row < 5; row++) {
            for (int i = 0; i < 15; i++) {
                double x = -0.2 + i * 0.0267;
                double z = -0.06 + row * 0.0245;
                m.box(key, x + 0.002, 0.014, z, x + 0.023, 0.019, z + 0.02);
            }
        }
    }

    private static void laptop(Modeller m, Finishes f) {
        m.box(f.metal, -0.17, 0, 0, 0.17, 0.016, 0.24);
        m.box(f.black, -0.15, 0.016, 0.02, 0.15, 0.018, 0.13);
        Modeller lid = m.at(0, 0.014, 0).tilted(-18);
        lid.box(f.metal, -0.17, 0, -0.006, 0.17, 0.23, 0);
        Material face = Material
                .shining(new Picture.Screen(Paint.of(0x27455E), Paint.of(0xF2F4F6), Paint.of(0x39434D), f.seed()), 0.5);
        lid.quad(face, new double[]{-0.16, 0.01, 0.001}, new double[]{0.32, 0, 0}, new double[]{0, 0.21, 0}, 0, 0, 1,
                1);
    }

    /** Adds a low table in front of a sofa. */
    static void coffeeTable(Modeller m, Finishes f) {
        Dice dice = f.dice;
        double high = dice.between(0.36, 0.44);
        Modeller top;
        if (dice.chance(0.35)) {
            Material wood = f.anyWood();
            m.at(0, high - 0.03, 0).cylinder(wood, 0.42, 0.03);
            for (int i = 0; i < 3; i++) {
                Modeller leg = m.turned(120.0 * i + 20);
                leg.bar(wood, 0.02, 0, 0, 0.34, 0, high - 0.03, 0.24);
            }
            top = m.at(0, high, 0);
        } else {
            double wide = dice.between(0.9, 1.15);
            table(m.at(0, 0, -0.28), f, f.anyWood(), wide, 0.56, high);
            m.box(f.anyWood(), -wide / 2 + 0.06, 0.12, -0.22, wide / 2 - 0.06, 0.14, 0.22);
            top = m.at(0, high, 0);
        }
        Clutter.bookStack(top.at(-0.2, 0, 0.02).turned(dice.between(-20, 20)).thing(), f, dice.whole(1, 3));
        if (dice.chance(0.5)) {
            Clutter.bowl(top.at(0.18, 0, 0).thing(), f, dice.chance(0.6));
        } else {
            Greenery.vase(top.at(0.17, 0, -0.05).thing(), f);
        }
        if (dice.chance(0.6)) {
            Clutter.mug(top.at(0.05, 0, 0.16).thing(), f);
        }
    }

    /** Adds a dining table around (0, 0) with chairs on both long sides. */
    static void diningTable(Modeller m, Finishes f, double wide, double deep) {
        Dice dice = f.dice;
        Material wood = f.anyWood();
        double high = table(m.at(0, 0, -deep / 2), f, wood, wide, deep, 0.75);
        int each = wide > 1.5 ? 3 : 2;
        for (int i = 0; i < each; i++) {
            double x = wide * ((i + 0.5) / each - 0.5);
            Seating.chair(m.thing().at(x, 0, deep / 2 + dice.between(0.2, 0.34)).turned(180 + dice.between(-12, 12)), f,
                    wood);
            Seating.chair(m.thing().at(x, 0, -deep / 2 - dice.between(0.2, 0.34)).turned(dice.between(-12, 12)), f,
                    wood);
        }
        Modeller top = m.at(0, high, 0);
        if (dice.chance(0.5)) {
            Clutter.bowl(top.thing(), f, true);
        } else {
            Greenery.vase(top.thing(), f);
        }
        for (int i = 0; i < each; i++) {
            double x = wide * ((i + 0.5) / each - 0.5);
            for (int side = -1; side <= 1; side += 2) {
                if (dice.chance(0.7)) {
                    Clutter.plate(top.at(x, 0, side * (deep / 2 - 0.2)).thing(), f);
                }
            }
        }
        if (dice.chance(0.5)) {
            Clutter.bottle(top.at(0.25, 0, 0.06).thing(), f);
            Clutter.glass(top.at(0.33, 0, -0.08).thing(), f);
        }
    }

    /** Adds a long low board with a television on it. */
    static void television(Modeller m, Finishes f) {
        Dice dice = f.dice;
        double wide = dice.between(1.3, 1.7);
        Storage.sideboard(m, f, wide, 0.48, 0.42);
        Modeller top = m.at(0, 0.48, 0.2);
        double screen = dice.between(0.95, 1.2);
        Texture film = new Picture(Paint.of(0x8FB4D8), Paint.of(0xF3D9B0), Paint.of(0x2F4A38), 0, f.seed());
        screen(top.thing(), f, screen, screen * 0.56, film);
        if (dice.chance(0.6)) {
            Greenery.vase(top.at(wide / 2 - 0.12, 0, 0).thing(), f);
        }
    }
}
