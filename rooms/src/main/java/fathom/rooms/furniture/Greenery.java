package fathom.rooms.furniture;

import fathom.rooms.tracing.Dice;
import fathom.rooms.tracing.Material;
import fathom.rooms.tracing.Paint;
import fathom.rooms.tracing.Texture;

/** Plants and vases. */
final class Greenery {
    private Greenery() {}

    private static Material leaf(Finishes f) {
        Paint green = Paint.ofHue(f.dice.between(0.24, 0.36), f.dice.between(0.4, 0.7), f.dice.between(0.3, 0.55));
        return new Material(new Texture.Plain(green, 0.3f, f.seed()), 0.4f, 0.35f, 0, 0.15f);
    }

    /** Adds a potted plant of the given height on the floor. */
    static void pottedPlant(Modeller m, Finishes f, double high) {
        Dice dice = f.dice;
        double pot = Math.min(0.34, high * 0.28);
        double r = pot * 0.55;
        m.turnedSolid(dice.chance(0.6) ? f.glaze() : Material.matt(new Texture.Plain(Paint.of(0xB3673F), 0.12f, 3)), 26,
                0, 0, r * 0.72, 0, r, pot, r * 1.06, pot, r * 1.06, pot * 0.9, r * 0.94, pot * 0.9, r * 0.9,
                pot * 0.86);
        m.at(0, pot * 0.86, 0).turnedSolid(Material.matt(new Texture.Plain(Paint.of(0x3B2A1E), 0.4f, 3)), 16, r * 0.92,
                0, 0, 0);
        Material green = leaf(f);
        Material stem = Material.matt(new Texture.Plain(Paint.of(0x5F6B3A), 0.2f, 3));
        switch (dice.whole(0, 2)) {
            case 0 -> {
                int blades = dice.whole(14, 24);
                for (int i = 0; i < blades; i++) {
                    blade(m.thing().at(dice.between(-0.04, 0.04), pot * 0.86, dice.between(-0.04, 0.04))
                            .turned(dice.between(0, 360)), green, (high - pot) * dice.between(0.6, 1.1), 0.055,
                            dice.between(0.1, 0.5));
                }
            }
            case 1 -> {
                int stems = dice.whole(7, 11);
                for (int i = 0; i < stems; i++) {
                    broadLeaf(m.thing().at(0, pot * 0.86, 0).turned(360.0 * i / stems + dice.between(-15, 15)), green,
                            stem, (high - pot) * dice.between(0.55, 1.0), dice.between(0.12, 0.42),
                            dice.between(0.2, 0.32));
                }
            }
            default -> bush(m.at(0, pot * 0.86, 0), green, stem, dice, high - pot);
        }
    }

    /** Adds a trunk with a cloud of leaves around its top. */
    private static void bush(Modeller m, Material green, Material stem, Dice dice, double high) {
        m.bar(stem, 0.014, 0, 0, 0, 0.02, high * 0.6, 0);
        for (int i = 0; i < 90; i++) {
            double a = dice.between(0, 360);
            double up = dice.between(0.35, 1) * high;
            double reach = 0.24 * high
                    * StrictMath.sqrt(Math.max(0.02, 1 - StrictMath.pow((up / high - 0.68) / 0.36, 2)));
            Modeller at = m.at(0, up, 0).turned(a).at(0, 0, dice.between(0.1, 1) * reach).tilted(dice.between(-20, 80));
            blade(at.turned(dice.between(-60, 60)), green, dice.between(0.09, 0.16), 0.05, dice.between(0.2, 0.6));
        }
    }

    /** Adds a pointed leaf that rises from (0, 0, 0) and bends along z. */
    private static void blade(Modeller m, Material green, double length, double wide, double bend) {
        m.sheet(green, 2, 8, wide, length, (s, t, p) -> {
            double half = 0.5 * wide * StrictMath.sin(Math.PI * Math.clamp(0.08 + 0.92 * t, 0.0, 1.0));
            double across = 2 * s - 1;
            double angle = bend * t * 2.4;
            p[0] = across * half;
            p[1] = length * t * StrictMath.cos(angle * 0.6) + 0.12 * half * Math.abs(across);
            p[2] = length * t * StrictMath.sin(angle * 0.6) + 0.3 * half * Math.abs(across);
        });
    }

    /** Adds a stalk with one broad leaf. */
    private static void broadLeaf(Modeller m, Material green, Material stem, double high, double reach, double size) {
        m.bar(stem, 0.006, 0, 0, 0, 0, high, reach);
        m.at(0, high, reach).tilted(52).sheet(green, 4, 10, size, size, (s, t, p) -> {
            double across = 2 * s - 1;
            double half = size * 0.36 * StrictMath.sqrt(Math.max(0, StrictMath.sin(Math.PI * Math.clamp(t, 0.0, 1.0))));
            p[0] = across * half;
            p[1] = size * (t - 0.15) + 0.05 * size * Math.abs(across);
            p[2] = 0.22 * size * t * t + 0.12 * half * Math.abs(across);
        });
    }

    /** Adds a plant whose shoots hang over the edge. */
    static void trailing(Modeller m, Finishes f) {
        Material green = leaf(f);
        m.turnedSolid(f.glaze(), 20, 0, 0, 0.06, 0, 0.08, 0.13, 0.072, 0.13, 0.07, 0.11, 0, 0.11);
        for (int shoot = 0; shoot < 9; shoot++) {
            Modeller way = m.turned(f.dice.between(-80, 80));
            double drop = f.dice.between(0.1, 0.45);
            for (int i = 0; i < 9; i++) {
                double t = i / 8.0;
                blade(way.at(0, 0.13 + 0.08 * StrictMath.sin(3 * t) - drop * t * t, 0.05 + 0.13 * t)
                        .turned(f.dice.between(-60, 60)).tilted(f.dice.between(40, 110)), green, 0.06, 0.045, 0.3);
            }
        }
    }

    /** Adds a vase with a few twigs. */
    static void vase(Modeller m, Finishes f) {
        vase(m, f, 0.5);
    }

    /** Adds a vase whose twigs are at most {@code most} high. */
    static void vase(Modeller m, Finishes f, double most) {
        double k = Math.min(1, most / 0.36) * f.dice.between(0.7, 1);
        m.turnedSolid(f.glaze(), 26, 0, 0, 0.035 * k, 0, 0.06 * k, 0.05 * k, 0.066 * k, 0.09 * k, 0.05 * k, 0.15 * k,
                0.028 * k, 0.19 * k, 0.034 * k, 0.215 * k, 0.028 * k, 0.215 * k, 0.022 * k, 0.19 * k, 0.02 * k,
                0.1 * k);
        if (most > 0.36) {
            Material green = leaf(f);
            Material bloom = f.colour(0.5, 0.85);
            for (int i = 0; i < 7; i++) {
                Modeller twig = m.at(0, 0.19 * k, 0).turned(360.0 * i / 7).tilted(f.dice.between(6, 30));
                double length = f.dice.between(0.14, 0.24);
                twig.bar(green, 0.0025, 0, 0, 0, 0, length, 0);
                twig.at(0, length, 0).ball(bloom, 0.022, 0.018, 0.022);
                blade(twig.at(0, length * 0.5, 0).turned(f.dice.between(0, 360)).tilted(35), green, 0.08, 0.03, 0.3);
            }
        }
    }
}
