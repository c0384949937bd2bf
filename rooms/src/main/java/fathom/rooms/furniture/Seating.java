package fathom.rooms.furniture;

import fathom.rooms.tracing.Dice;
import fathom.rooms.tracing.Material;
import fathom.rooms.tracing.Paint;
import fathom.rooms.tracing.Texture;

/** Seats. The back of each is at z = 0 of its frame; it faces along z. */
final class Seating {
    private Seating() {}

    /** Adds a sofa or armchair, {@code wide} metres, with as many cushions as fit; 0.9 m deep. */
    static void sofa(Modeller m, Finishes f, double wide) {
        Dice dice = f.dice;
        Material cloth = f.upholstery();
        double arm = dice.between(0.14, 0.24);
        double armHeight = dice.between(0.55, 0.64);
        double seat = dice.between(0.4, 0.45);
        double deep = 0.88;
        m.cushion(cloth, -wide / 2, 0.1, 0, wide / 2, 0.3, deep - 0.02, 0.03);
        m.cushion(cloth, -wide / 2, 0.1, 0, wide / 2, dice.between(0.72, 0.82), 0.2, 0.06);
        m.cushion(cloth, -wide / 2, 0.1, 0.02, -wide / 2 + arm, armHeight, deep, 0.05);
        m.cushion(cloth, wide / 2 - arm, 0.1, 0.02, wide / 2, armHeight, deep, 0.05);
        int cushions = Math.max(1, (int) Math.round((wide - 2 * arm) / 0.68));
        double each = (wide - 2 * arm) / cushions;
        for (int i = 0; i < cushions; i++) {
            double x = -wide / 2 + arm + i * each;
            m.thing().cushion(cloth, x + 0.004, 0.29, 0.17, x + each - 0.004, seat, deep + 0.01, 0.045);
            m.at(x + each / 2, seat - 0.01, 0.21).tilted(dice.between(10, 15)).cushion(cloth, -each / 2 + 0.006, 0,
                    -0.01, each / 2 - 0.006, dice.between(0.4, 0.46), 0.15, 0.06);
        }
        for (int corner = 0; corner < 4; corner++) {
            double x = ((corner & 1) == 0 ? -1 : 1) * (wide / 2 - 0.07);
            double z = (corner & 2) == 0 ? 0.08 : deep - 0.1;
            m.at(x, 0, z).turnedSolid(f.darkWood, 10, 0.018, 0, 0.028, 0.11);
        }
        int pillows = dice.whole(0, 2) + (cushions > 1 ? 1 : 0);
        for (int i = 0; i < pillows; i++) {
            double side = (i & 1) == 0 ? -1 : 1;
            double x = side * (wide / 2 - arm - 0.24 - 0.12 * i) * (cushions == 1 ? 0.2 : 1);
            Modeller at = m.thing().at(x, seat + 0.2, 0.42).turned(side * dice.between(-4, 22))
                    .tilted(dice.between(16, 26));
            Bedding.pillow(at, f.cloth(), 0.44, 0.42, 0.13);
        }
    }

    /** Adds a chair with four legs and a back of slats or cloth, 0.45 m wide and deep. */
    static void chair(Modeller m, Finishes f, Material wood) {
        Dice dice = f.dice;
        double half = 0.21;
        double seat = 0.45;
        for (int side = -1; side <= 1; side += 2) {
            m.bar(wood, 0.018, side * (half - 0.02), 0, 0.42, side * (half - 0.03), seat, 0.4);
            m.bar(wood, 0.018, side * (half - 0.02), 0, 0.0, side * (half - 0.03), seat, 0.04);
            m.bar(wood, 0.017, side * (half - 0.03), seat, 0.04, side * (half - 0.03), 0.92, -0.03);
            m.bar(wood, 0.011, side * (half - 0.02), 0.2, 0.03, side * (half - 0.02), 0.2, 0.41);
        }
        m.bar(wood, 0.011, -half + 0.02, 0.26, 0.41, half - 0.02, 0.26, 0.41);
        m.cushion(dice.chance(0.5) ? wood : f.cloth(), -half, seat - 0.02, 0.0, half, seat + 0.025, 0.43, 0.02);
        int style = dice.whole(0, 2);
        if (style == 0) {
            for (int i = 0; i < 3; i++) {
                double y = 0.6 + 0.12 * i;
                m.at(0, y, 0.02 - 0.145 * (y - seat)).box(wood, -half + 0.03, 0, -0.008, half - 0.03, 0.06, 0.008);
            }
        } else if (style == 1) {
            m.at(0, 0.86, -0.02).box(wood, -half + 0.03, 0, -0.01, half - 0.03, 0.06, 0.01);
            for (int i = -2; i <= 2; i++) {
                m.bar(wood, 0.008, i * 0.065, seat, 0.035, i * 0.065, 0.88, -0.02);
            }
        } else {
            m.at(0, 0.56, 0.005).tilted(-8).cushion(f.cloth(), -half + 0.02, 0, -0.02, half - 0.02, 0.36, 0.03, 0.02);
        }
    }

    /** Adds a swivel chair on five castors; its seat is around z = 0.3. */
    static void officeChair(Modeller base, Finishes f) {
        Modeller m = base.at(0, 0, 0.3);
        Material cloth = f.dice.chance(0.6)
                ? Material.matt(new Texture.Fabric(Paint.of(0x2B2C30), Paint.of(0x3A3B40), 0.1f, 0, f.seed()))
                        .absorbing(0.6)
                : f.upholstery();
        for (int i = 0; i < 5; i++) {
            Modeller leg = m.turned(72.0 * i + 10);
            leg.bar(f.black, 0.018, 0, 0.1, 0, 0, 0.07, 0.28);
            leg.at(0, 0.03, 0.28).ball(f.black, 0.028, 0.03, 0.028);
        }
        m.at(0, 0.08, 0).cylinder(f.metal, 0.026, 0.36);
        m.cushion(cloth, -0.25, 0.42, -0.24, 0.25, 0.51, 0.25, 0.04);
        m.at(0, 0.62, -0.26).tilted(-9).cushion(cloth, -0.22, 0, -0.03, 0.22, dice(f), 0.05, 0.038);
        m.bar(f.black, 0.018, 0, 0.46, -0.2, 0, 0.75, -0.3);
        for (int side = -1; side <= 1; side += 2) {
            m.bar(f.black, 0.013, side * 0.24, 0.46, -0.02, side * 0.29, 0.66, -0.02);
            m.cushion(f.black, side * 0.29 - 0.03, 0.66, -0.14, side * 0.29 + 0.03, 0.69, 0.12, 0.014);
        }
    }

    private static double dice(Finishes f) {
        return f.dice.between(0.42, 0.56);
    }

    /** Adds a bench of boards, {@code wide} metres. */
    static void bench(Modeller m, Finishes f, double wide) {
        for (int i = 0; i < 3; i++) {
            m.box(f.wood, -wide / 2, 0.42, 0.04 + 0.13 * i, wide / 2, 0.45, 0.15 + 0.13 * i);
        }
        for (int side = -1; side <= 1; side += 2) {
            m.box(f.black, side * (wide / 2 - 0.2) - 0.02, 0, 0.06, side * (wide / 2 - 0.2) + 0.02, 0.42, 0.1);
            m.box(f.black, side * (wide / 2 - 0.2) - 0.02, 0, 0.34, side * (wide / 2 - 0.2) + 0.02, 0.42, 0.38);
        }
    }
}
