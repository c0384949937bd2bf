package fathom.rooms.furniture;

import fathom.rooms.tracing.Dice;
import fathom.rooms.tracing.Material;
import fathom.rooms.tracing.Paint;
import fathom.rooms.tracing.Picture;
import fathom.rooms.tracing.Texture;

/** Small objects. Each stands on (0, 0, 0) of its frame. */
final class Clutter {
    private Clutter() {}

    private static Material cover(Finishes f) {
        Dice dice = f.dice;
        Paint paint = dice.chance(0.25)
                ? Paint.of(dice.pick(0xE6E0D2, 0x26282B, 0xB9B2A4, 0xD9D3C4))
                : Paint.ofHue(dice.unit(), dice.between(0.25, 0.75), dice.between(0.25, 0.8));
        return new Material(new Texture.Plain(paint, 0.05f, f.seed()), 0.35f, 0.4f, 0, 0.1f);
    }

    /** Adds books side by side from x = 0 to {@code length}, at most {@code most} high. */
    static void bookRow(Modeller m, Finishes f, double length, double most) {
        Dice dice = f.dice;
        double x = 0;
        Material pages = Material.matt(new Texture.Plain(Paint.of(0xE9E2CF), 0.05f, 3));
        Material band = Material.matt(new Texture.Plain(Paint.of(0xD8C48A), 0, 3));
        double usual = dice.between(0.6, 0.9) * most;
        while (true) {
            double thick = dice.between(0.013, 0.048);
            if (x + thick > length) {
                return;
            }
            double high = Math.min(most, usual * dice.between(0.78, 1.12));
            double deep = Math.min(0.24, high * dice.between(0.66, 0.78));
            Material cover = cover(f);
            boolean last = x + thick + 0.09 > length;
            Modeller book = last && dice.chance(0.7) ? m.at(x + 0.05, 0, 0).rolled(dice.between(8, 14)) : m.at(x, 0, 0);
            double back = 0.24 - deep;
            book.box(cover, 0, 0, back, thick, high, 0.24);
            book.box(pages, 0.002, high - 0.004, back, thick - 0.002, high + 0.0005, 0.238);
            if (dice.chance(0.5)) {
                double y = high * dice.between(0.6, 0.85);
                book.box(band, 0.001, y, 0.23, thick - 0.001, y + high * 0.08, 0.2408);
            }
            x += thick + (last ? 0.12 : 0.0012);
        }
    }

    /** Adds books on top of each other. */
    static void bookStack(Modeller m, Finishes f, int books) {
        Dice dice = f.dice;
        double y = 0;
        Material pages = Material.matt(new Texture.Plain(Paint.of(0xE9E2CF), 0.05f, 3));
        for (int i = 0; i < books; i++) {
            double thick = dice.between(0.016, 0.045);
            Modeller book = m.at(dice.between(-0.01, 0.01), y, dice.between(-0.01, 0.01)).turned(dice.between(-12, 12));
            double half = dice.between(0.1, 0.135) - 0.006 * i;
            Material cover = cover(f);
            book.box(cover, -half, 0, -half * 0.72, half, 0.003, half * 0.72);
            book.box(pages, -half + 0.004, 0.003, -half * 0.72 + 0.004, half - 0.004, thick - 0.003,
                    half * 0.72 - 0.004);
            book.box(cover, -half, 0, -half * 0.72, half, thick, -half * 0.72 + 0.004);
            book.box(cover, -half, thick - 0.003, -half * 0.72, half, thick, half * 0.72);
            y += thick;
        }
    }

    /** Adds a few sheets of paper. */
    static void papers(Modeller m, Finishes f) {
        Material paper = Material
                .matt(new Picture.Screen(Paint.of(0xF0EEE8), Paint.of(0xF4F2EE), Paint.of(0x5A5A60), f.seed()));
        for (int i = 0; i < 3; i++) {
            m.at(0.02 * i, 0.0012 * (i + 1), -0.015 * i).turned(f.dice.between(-14, 14)).quad(paper,
                    new double[]{-0.105, 0, 0.148}, new double[]{0.21, 0, 0}, new double[]{0, 0, -0.297}, 0, 0, 1, 1);
        }
    }

    static void mug(Modeller m, Finishes f) {
        Material glaze = f.glaze();
        m.turnedSolid(glaze, 18, 0, 0, 0.034, 0, 0.04, 0.008, 0.041, 0.09, 0.037, 0.09, 0.036, 0.012, 0, 0.012);
        m.sheet(glaze, 10, 8, 0.1, 0.03, (s, t, p) -> {
            double a = Math.PI * (t * 1.1 - 0.55);
            double c = 2 * Math.PI * s;
            double r = 0.026 + 0.005 * StrictMath.cos(c);
            p[0] = 0.038 + r * StrictMath.cos(a);
            p[1] = 0.047 + r * StrictMath.sin(a);
            p[2] = 0.006 * StrictMath.sin(c);
        });
    }

    static void penPot(Modeller m, Finishes f) {
        m.turnedSolid(f.glaze(), 16, 0, 0, 0.038, 0, 0.04, 0.1, 0.036, 0.1, 0.034, 0.01, 0, 0.01);
        for (int i = 0; i < 6; i++) {
            double a = f.dice.between(0, 6.28);
            double x = 0.02 * StrictMath.cos(a);
            double z = 0.02 * StrictMath.sin(a);
            m.bar(f.colour(0.6, 0.7), 0.004, x * 0.5, 0.02, z * 0.5, x * 1.8, f.dice.between(0.14, 0.18), z * 1.8);
        }
    }

    /** Adds a bowl, with fruit or empty. */
    static void bowl(Modeller m, Finishes f, boolean fruit) {
        m.turnedSolid(f.glaze(), 28, 0, 0, 0.05, 0, 0.055, 0.01, 0.1, 0.04, 0.135, 0.085, 0.13, 0.085, 0.095, 0.045,
                0.045, 0.016, 0, 0.016);
        if (fruit) {
            for (int i = 0; i < 6; i++) {
                double a = i * 1.25;
                double reach = i == 5 ? 0.0 : 0.062;
                Paint paint = Paint.of(f.dice.pick(0xC9352B, 0xE08A1E, 0xC7B52C, 0x8FAE3A));
                double r = f.dice.between(0.034, 0.042);
                m.at(reach * StrictMath.cos(a), i == 5 ? 0.115 : 0.07, reach * StrictMath.sin(a))
                        .ball(Material.glossy(new Texture.Plain(paint, 0.25f, f.seed()), 0.5, 0.3), r, r * 0.94, r);
            }
        }
    }

    static void plate(Modeller m, Finishes f) {
        m.turnedSolid(f.white, 28, 0, 0, 0.07, 0, 0.075, 0.006, 0.13, 0.018, 0.128, 0.021, 0.08, 0.009, 0, 0.009);
        m.at(-0.17, 0, 0).box(f.metal, -0.008, 0.001, -0.09, 0.008, 0.004, 0.09);
        m.at(0.17, 0, 0).box(f.metal, -0.006, 0.001, -0.1, 0.006, 0.004, 0.1);
    }

    static void bottle(Modeller m, Finishes f) {
        Paint paint = Paint.of(f.dice.pick(0x1F3B24, 0x4A2A16, 0x2D4A55, 0x6E7B2E));
        m.turnedSolid(Material.glossy(new Texture.Plain(paint, 0.02f, 2), 1, 0.04), 20, 0, 0, 0.036, 0, 0.037, 0.18,
                0.034, 0.2, 0.015, 0.235, 0.014, 0.3, 0.016, 0.3, 0.016, 0.31, 0, 0.31);
        m.turnedSolid(Material.matt(new Texture.Plain(Paint.of(0xE2DCC8), 0.05f, 2)), 20, 0.0375, 0.06, 0.0375, 0.15);
    }

    static void glass(Modeller m, Finishes f) {
        Material pale = Material.glossy(new Texture.Plain(Paint.of(0xC9D4D6), 0, 2), 1, 0.02).absorbing(0.9);
        m.turnedSolid(pale, 18, 0, 0, 0.03, 0, 0.03, 0.003, 0.005, 0.008, 0.005, 0.08, 0.036, 0.12, 0.034, 0.17);
        f.dice.next();
    }

    static void kettle(Modeller m, Finishes f) {
        m.turnedSolid(f.metal, 24, 0, 0, 0.08, 0, 0.085, 0.02, 0.075, 0.16, 0.05, 0.2, 0, 0.205);
        m.at(0, 0.21, 0).ball(f.black, 0.014, 0.012, 0.014);
        m.sheet(f.black, 10, 12, 0.1, 0.03, (s, t, p) -> {
            double a = Math.PI * (t * 1.1 - 0.55);
            double c = 2 * Math.PI * s;
            double r = 0.075 + 0.009 * StrictMath.cos(c);
            p[0] = 0.065 + r * StrictMath.cos(a) * 0.8;
            p[1] = 0.11 + r * StrictMath.sin(a);
            p[2] = 0.012 * StrictMath.sin(c);
        });
    }

    /** Adds a woven basket or a storage box. */
    static void basket(Modeller m, Finishes f, double wide, double high, double deep) {
        Paint paint = f.dice.pick(Paint.of(0xB08A5B), Paint.of(0x8A8F94), Paint.of(0xD6CDBC));
        Material weave = Material.matt(new Texture.Fabric(paint, paint.times(0.5), 0.02f, 2, f.seed()));
        double t = 0.012;
        m.box(weave, -wide / 2, 0, -deep / 2, wide / 2, t, deep / 2);
        m.box(weave, -wide / 2, 0, -deep / 2, wide / 2, high, -deep / 2 + t);
        m.box(weave, -wide / 2, 0, deep / 2 - t, wide / 2, high, deep / 2);
        m.box(weave, -wide / 2, 0, -deep / 2, -wide / 2 + t, high, deep / 2);
        m.box(weave, wide / 2 - t, 0, -deep / 2, wide / 2, high, deep / 2);
    }

    /** Adds a cardboard box closed with tape. */
    static void carton(Modeller m, Finishes f) {
        Material board = Material.matt(new Texture.Plain(Paint.of(0xB58C5E), 0.12f, f.seed()));
        double wide = f.dice.between(0.3, 0.5);
        double high = f.dice.between(0.22, 0.4);
        double deep = f.dice.between(0.25, 0.4);
        m.block(board, wide, high, deep);
        m.at(0, high, 0).block(Material.glossy(new Texture.Plain(Paint.of(0xC9A977), 0.03f, 3), 0.7, 0.2), wide + 0.002,
                0.001, 0.05);
    }

    /** Adds a waste-paper bin. */
    static void bin(Modeller m, Finishes f) {
        Material body = f.dice.chance(0.5) ? f.metal : f.black;
        m.turnedSolid(body, 24, 0, 0, 0.11, 0, 0.14, 0.3, 0.143, 0.3, 0.136, 0.295, 0.108, 0.01, 0, 0.01);
        for (int i = 0; i < 4; i++) {
            double r = f.dice.between(0.035, 0.055);
            m.at(f.dice.between(-0.06, 0.06), 0.2 + 0.02 * i, f.dice.between(-0.06, 0.06)).ball(f.white, r, r * 0.8, r);
        }
    }

    /** Adds a soft bag or rucksack that leans back. */
    static void bag(Modeller m, Finishes f) {
        Material cloth = f.cloth();
        Modeller b = m.tilted(-8);
        b.cushion(cloth, -0.16, 0, -0.09, 0.16, 0.44, 0.09, 0.08);
        b.cushion(cloth, -0.12, 0.04, 0.04, 0.12, 0.24, 0.14, 0.045);
        b.bar(f.black, 0.01, -0.04, 0.43, -0.02, 0.04, 0.43, -0.02);
    }

    /** Adds a pair of shoes. */
    static void shoes(Modeller m, Finishes f) {
        Material leather = Material.glossy(
                new Texture.Plain(Paint.of(f.dice.pick(0x2A211C, 0x5A3A25, 0x8A8A8C, 0x27304A)), 0.1f, f.seed()), 0.5,
                0.35);
        for (int side = -1; side <= 1; side += 2) {
            Modeller shoe = m.at(side * 0.075, 0, f.dice.between(-0.04, 0.04)).turned(f.dice.between(-12, 12));
            shoe.cushion(leather, -0.045, 0.01, -0.13, 0.045, 0.06, 0.15, 0.024);
            shoe.cushion(leather, -0.04, 0.03, -0.13, 0.04, 0.11, 0.0, 0.03);
            shoe.box(f.black, -0.046, 0, -0.13, 0.046, 0.014, 0.14);
        }
    }
}
