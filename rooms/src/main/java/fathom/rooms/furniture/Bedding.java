package fathom.rooms.furniture;

import fathom.rooms.tracing.Dice;
import fathom.rooms.tracing.Material;
import fathom.rooms.tracing.Noise;

/** Beds and pillows. The head of a bed is at z = 0 of its frame. */
final class Bedding {
    private Bedding() {}

    /** Adds a bed of the given size with headboard, duvet, pillows, and sometimes a throw. */
    static void bed(Modeller m, Finishes f, double wide, double length) {
        Dice dice = f.dice;
        Material wood = f.anyWood();
        Material cover = dice.chance(0.45) ? f.linen() : f.cloth();
        double half = wide / 2;
        double board = dice.between(0.85, 1.15);
        if (dice.chance(0.4)) {
            Material padded = f.upholstery();
            int parts = Math.max(2, (int) Math.round(wide / 0.35));
            for (int i = 0; i < parts; i++) {
                m.cushion(padded, -half + wide * i / parts, 0.1, 0, -half + wide * (i + 1) / parts, board, 0.1, 0.03);
            }
        } else {
            m.box(wood, -half - 0.03, 0, 0, half + 0.03, board, 0.05);
            m.box(wood, -half - 0.04, board, -0.005, half + 0.04, board + 0.03, 0.06);
        }
        m.box(wood, -half - 0.02, 0.14, 0.03, half + 0.02, 0.32, length + 0.03);
        for (int corner = 0; corner < 4; corner++) {
            double x = ((corner & 1) == 0 ? -1 : 1) * (half - 0.05);
            double z = (corner & 2) == 0 ? 0.1 : length - 0.05;
            m.box(wood, x - 0.03, 0, z - 0.03, x + 0.03, 0.15, z + 0.03);
        }
        m.thing().cushion(f.linen(), -half + 0.01, 0.28, 0.06, half - 0.01, 0.52, length, 0.06);
        duvet(m.thing(), cover, dice, half, 0.54, dice.between(0.5, 0.72), length + 0.02);
        int pillows = wide > 1.2 ? 2 : 1;
        for (int row = 0; row < 1 + dice.whole(0, 1); row++) {
            Material slip = row == 0 ? f.linen() : f.cloth();
            for (int i = 0; i < pillows; i++) {
                double x = pillows == 1 ? 0 : (i - 0.5) * wide * 0.48;
                pillow(m.thing().at(x + dice.between(-0.03, 0.03), 0.64 - 0.02 * row, 0.26 + 0.2 * row)
                        .turned(dice.between(-5, 5)).tilted(dice.between(38, 55)), slip, 0.62 - 0.14 * row, 0.42, 0.17);
            }
        }
        if (dice.chance(0.6)) {
            double from = length * dice.between(0.66, 0.74);
            duvet(m.thing(), f.cloth(), dice, half + 0.012, 0.556, from, from + dice.between(0.3, 0.45));
        }
    }

    /** Adds a soft cover on the bed from z0 to z1 that hangs down on both sides. */
    private static void duvet(Modeller m, Material cloth, Dice dice, double half, double top, double z0, double z1) {
        int seed = (int) dice.next();
        double drop = dice.between(0.2, 0.3);
        double puff = 0.05;
        double around = 2 * half + 2 * drop;
        m.sheet(cloth, 64, 40, around, z1 - z0, (s, t, p) -> {
            double along = (s - 0.5) * around;
            double x = Math.clamp(along, -half, half);
            double over = Math.abs(along) - half;
            double z = z0 + (z1 - z0) * t;
            double rim = Math.min(1, Math.min(t, 1 - t) * 14);
            double soft = puff * StrictMath.sqrt(rim)
                    * (0.75 + 0.5 * (Noise.fractal((float) x * 4, (float) z * 4, 3, seed) - 0.5));
            double crease = 0.022 * (Noise.fractal((float) (along * 7 + z * 2), (float) z * 6, 3, seed + 1) - 0.5);
            if (over <= 0) {
                double bend = Math.clamp((Math.abs(x) - (half - 0.09)) / 0.09, 0.0, 1.0);
                p[0] = x;
                p[1] = top + soft + crease - 0.045 * bend * bend;
            } else {
                double fold = 0.014 * StrictMath.sin(z * 21 + Noise.value((float) z * 3, 0, seed) * 9)
                        * Math.min(1, over * 6);
                p[0] = StrictMath.signum(along) * (half + 0.035 * Math.min(1, over * 18) + fold + crease);
                p[1] = top + soft + crease - 0.045 - over;
            }
            p[2] = z;
        });
    }

    /** Adds a pillow in the xy plane around (0, 0, 0), {@code thick} along z. */
    static void pillow(Modeller m, Material cloth, double wide, double high, double thick) {
        for (int side = -1; side <= 1; side += 2) {
            int face = side;
            m.sheet(cloth, 16, 14, wide, high, (s, t, p) -> {
                double x = 2 * Math.clamp(s, 0.0, 1.0) - 1;
                double y = 2 * Math.clamp(t, 0.0, 1.0) - 1;
                double pinch = 1 - 0.09 * (1 - x * x * 0.9) * y * y - 0.02;
                double pinchX = 1 - 0.09 * (1 - y * y * 0.9) * x * x - 0.02;
                p[0] = wide / 2 * x * pinchX;
                p[1] = high / 2 * y * pinch;
                double belly = StrictMath.sqrt(Math.max(0, (1 - x * x * x * x) * (1 - y * y * y * y)));
                p[2] = face * thick / 2 * belly;
            });
        }
    }
}
