package fathom.rooms.furniture;

import fathom.rooms.tracing.Dice;
import fathom.rooms.tracing.Material;
import fathom.rooms.tracing.Paint;
import fathom.rooms.tracing.Picture;
import fathom.rooms.tracing.Texture;

/**
 * Objects on walls and floors: pictures, mirrors, clocks, boards, rugs. The z axis of a wall frame points into the
 * room.
 */
final class Decor {
    private Decor() {}

    /** Adds a framed picture whose centre is at {@code height}; sizes in metres. */
    static void picture(Modeller wall, Finishes f, double height, double wide, double high) {
        Dice dice = f.dice;
        Material frame = dice.pick(f.black, f.wood, f.darkWood, f.white);
        Material mat = Material.matt(new Texture.Plain(Paint.of(0xF2F0EA), 0, 1));
        Paint a = Paint.ofHue(f.hue + dice.between(-0.1, 0.1), dice.between(0.15, 0.5), dice.between(0.6, 0.95));
        Paint b = Paint.ofHue(dice.unit(), dice.between(0.2, 0.7), dice.between(0.5, 0.95));
        Paint c = Paint.ofHue(dice.unit(), dice.between(0.2, 0.6), dice.between(0.15, 0.45));
        Material art = Material.glossy(new Picture(a, b, c, dice.whole(0, 3), f.seed()), 0.8, 0.04);
        Modeller m = wall.at(0, height, 0);
        double t = dice.between(0.015, 0.035);
        m.box(frame, -wide / 2, -high / 2, 0, wide / 2, -high / 2 + t, 0.025);
        m.box(frame, -wide / 2, high / 2 - t, 0, wide / 2, high / 2, 0.025);
        m.box(frame, -wide / 2, -high / 2, 0, -wide / 2 + t, high / 2, 0.025);
        m.box(frame, wide / 2 - t, -high / 2, 0, wide / 2, high / 2, 0.025);
        m.box(mat, -wide / 2 + t / 2, -high / 2 + t / 2, 0, wide / 2 - t / 2, high / 2 - t / 2, 0.012);
        double inset = dice.chance(0.6) ? 0.12 * Math.min(wide, high) : 0;
        double x = wide / 2 - t - inset;
        double y = high / 2 - t - inset;
        m.quad(art, new double[]{x, -y, 0.0135}, new double[]{-2 * x, 0, 0}, new double[]{0, 2 * y, 0}, 0, 0, 1, 1);
    }

    /** Adds a row or group of pictures that fits into {@code wide} metres. */
    static void gallery(Modeller wall, Finishes f, double wide) {
        int n = Math.max(1, f.dice.whole(1, (int) Math.max(1, Math.floor(wide / 0.45))));
        double each = wide / n;
        double high = f.dice.between(0.35, 0.75);
        for (int i = 0; i < n; i++) {
            double w = Math.min(each * f.dice.between(0.7, 0.86), high * 1.5);
            double lift = n > 1 ? f.dice.between(-0.05, 0.05) : 0;
            picture(wall.at(-wide / 2 + each * (i + 0.5), 0, 0).thing(), f, 1.55 + lift, w, n > 2 ? high * 0.8 : high);
        }
    }

    static void clock(Modeller wall, Finishes f) {
        Modeller m = wall.at(0, 1.9, 0).tilted(90);
        m.turnedSolid(f.black, 30, 0, 0, 0.15, 0, 0.15, 0.035, 0.135, 0.035, 0.135, 0.02);
        m.turnedSolid(f.white, 30, 0.136, 0.02, 0, 0.02);
        double hour = f.dice.between(0, 360);
        m.turned(hour).box(f.black, -0.005, 0.021, -0.01, 0.005, 0.023, 0.07);
        m.turned(hour * 12).box(f.black, -0.004, 0.023, -0.01, 0.004, 0.025, 0.11);
    }

    /** Adds a white board, a screen or a notice board, {@code wide} metres. */
    static void board(Modeller wall, Finishes f, double wide, double high, boolean notices) {
        Modeller m = wall.at(0, 0.95, 0);
        Material face = notices
                ? Material.matt(new Texture.Plain(Paint.of(0xB98D5A), 0.2f, f.seed()))
                : Material.glossy(new Texture.Plain(Paint.of(0xEDEFEF), 0.02f, f.seed()), 0.7, 0.15);
        m.box(f.metal, -wide / 2, 0, 0, wide / 2, high, 0.016);
        m.box(face, -wide / 2 + 0.02, 0.02, 0, wide / 2 - 0.02, high - 0.02, 0.018);
        int sheets = notices ? (int) (wide * 6) : 3;
        for (int i = 0; i < sheets; i++) {
            double half = notices ? 0.1 : 0.22;
            double x = f.dice.between(-wide / 2 + half + 0.04, wide / 2 - half - 0.04);
            double y = f.dice.between(1.3 * half + 0.05, high - 1.3 * half - 0.05);
            Paint ink = notices ? Paint.of(0x50505A) : Paint.ofHue(f.dice.pick(0.0, 0.33, 0.6), 0.7, 0.6);
            Paint sheet = notices && f.dice.chance(0.4) ? Paint.ofHue(f.dice.unit(), 0.3, 0.9) : Paint.of(0xEDEFEF);
            Material paper = Material.matt(new Picture.Screen(sheet, sheet, ink, f.seed()));
            m.at(x, y, 0.019 + 0.0003 * i).rolled(notices ? f.dice.between(-5, 5) : 0).quad(paper,
                    new double[]{half, -half * 1.3, 0}, new double[]{-2 * half, 0, 0}, new double[]{0, half * 2.6, 0},
                    0, 0, 1, 1);
        }
        if (!notices) {
            m.box(f.metal, -wide / 2 + 0.3, 0, 0, wide / 2 - 0.3, 0.02, 0.07);
        }
    }

    /** Adds a rug with its centre at (0, 0, 0). */
    static void rug(Modeller m, Finishes f, double wide, double deep) {
        Dice dice = f.dice;
        Paint ground = Paint.ofHue(f.hue + dice.between(-0.05, 0.05), dice.between(0.12, 0.45),
                dice.between(0.3, 0.75));
        Paint border = Paint.ofHue(f.hue + dice.between(-0.15, 0.15), dice.between(0.2, 0.5), dice.between(0.2, 0.5));
        Paint motif = dice.pick(Paint.of(0xE6DAC0), Paint.of(0xD9C7A0), Paint.of(0xF0ECE2));
        Texture pattern = new Picture.Rug(ground, border, motif, (float) (wide / 2), (float) (deep / 2),
                dice.whole(0, 1), f.seed());
        m.thing().box(Material.matt(pattern), -wide / 2, 0, -deep / 2, wide / 2, 0.012, deep / 2);
    }

    /** Adds a board on the wall with books and a plant on it. */
    static void wallShelf(Modeller wall, Finishes f, double wide) {
        Modeller m = wall.at(0, f.dice.between(1.35, 1.6), 0);
        m.box(f.anyWood(), -wide / 2, 0, 0, wide / 2, 0.025, 0.22);
        Clutter.bookRow(m.at(-wide / 2 + 0.03, 0.025, -0.04).thing(), f, wide * 0.5, 0.26);
        if (f.dice.chance(0.5)) {
            Greenery.trailing(m.at(wide * 0.3, 0.025, 0.11).thing(), f);
        } else {
            Greenery.vase(m.at(wide * 0.3, 0.025, 0.11).thing(), f);
        }
    }

    /** Adds a light switch next to a door or a socket near the floor. */
    static void plate(Modeller wall, Finishes f, double height) {
        wall.at(0, height, 0).cushion(f.white, -0.04, -0.04, 0, 0.04, 0.04, 0.01, 0.004);
        wall.at(0, height, 0).box(f.white, -0.015, -0.025, 0, 0.015, 0.025, 0.014);
    }

    /** Adds a fire extinguisher on the wall. */
    static void extinguisher(Modeller wall, Finishes f) {
        Modeller m = wall.at(0, 0.5, 0.09);
        Material red = Material.glossy(new Texture.Plain(Paint.of(0xB3201C), 0.02f, 1), 0.9, 0.1);
        m.turnedSolid(red, 20, 0, 0, 0.06, 0, 0.065, 0.02, 0.065, 0.38, 0.03, 0.44, 0.02, 0.46);
        m.at(0, 0.46, 0).turnedSolid(f.black, 12, 0.022, 0, 0.022, 0.06, 0, 0.06);
        m.bar(f.black, 0.009, 0, 0.5, 0, 0.07, 0.44, 0.01);
        m.bar(f.black, 0.009, 0.07, 0.44, 0.01, 0.075, 0.15, 0.01);
    }
}
