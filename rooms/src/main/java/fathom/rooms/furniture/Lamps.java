package fathom.rooms.furniture;

import java.util.List;

import fathom.rooms.tracing.Light;
import fathom.rooms.tracing.Material;
import fathom.rooms.tracing.Paint;
import fathom.rooms.tracing.Texture;
import fathom.rooms.tracing.Vector;

/** Lamps: their bodies and their light. */
final class Lamps {
    private static final Paint WARM = Paint.of(0xFFD9A0);
    private static final Paint NEUTRAL = Paint.of(0xFFF3DF);

    private Lamps() {}

    /** Adds a flat panel in the ceiling around (x, z) of the frame of the room. */
    static void panel(Modeller room, List<Light> lights, double x, double y, double z, double halfX, double halfZ,
            double strength) {
        Modeller m = room.thing().at(x, y, z);
        Material rim = Material.matt(new Texture.Plain(Paint.of(0xD8D8D6), 0, 1));
        m.box(rim, -halfX - 0.02, -0.03, -halfZ - 0.02, halfX + 0.02, 0, -halfZ);
        m.box(rim, -halfX - 0.02, -0.03, halfZ, halfX + 0.02, 0, halfZ + 0.02);
        m.box(rim, -halfX - 0.02, -0.03, -halfZ, -halfX, 0, halfZ);
        m.box(rim, halfX, -0.03, -halfZ, halfX + 0.02, 0, halfZ);
        Material glow = Material.shining(new Texture.Plain(NEUTRAL, 0.02f, 1), strength);
        m.quad(glow, new double[]{-halfX, -0.02, -halfZ}, new double[]{2 * halfX, 0, 0}, new double[]{0, 0, 2 * halfZ},
                0, 0, 1, 1);
        lights.add(new Light.Panel(m.toWorld(0, -0.025, 0), new Vector(halfX, 0, 0), new Vector(0, 0, halfZ),
                new Vector(0, -1, 0), NEUTRAL.times(strength), false));
    }

    /** Adds a shade that hangs {@code drop} metres below the origin of the frame. */
    static void pendant(Modeller m, Finishes f, List<Light> lights, double drop, double strength) {
        m.bar(f.black, 0.004, 0, -drop, 0, 0, 0, 0);
        m.at(0, -0.03, 0).cylinder(f.white, 0.05, 0.03);
        Modeller bulb = m.at(0, -drop, 0);
        if (f.dice.chance(0.5)) {
            double r = f.dice.between(0.12, 0.2);
            bulb.thing().ball(Material.shining(new Texture.Plain(WARM, 0, 1), 0.5 * strength), r, r, r);
            lights.add(new Light.Globe(bulb.toWorld(0, 0, 0), r, WARM.times(0.5 * strength)));
        } else {
            double r = f.dice.between(0.16, 0.25);
            Material metal = f.dice.chance(0.5) ? f.black : f.metal;
            bulb.turnedSolid(metal, 28, r, -0.02, r * 0.85, 0.08, r * 0.3, 0.17, 0.02, 0.19);
            bulb.turnedSolid(f.white, 28, r * 0.985, -0.02, r * 0.83, 0.077, r * 0.29, 0.165, 0.0, 0.18);
            bulb.at(0, 0.03, 0).thing().ball(Material.shining(new Texture.Plain(WARM, 0, 1), 3 * strength), 0.045,
                    0.045, 0.045);
            lights.add(new Light.Globe(bulb.toWorld(0, 0.03, 0), 0.06, WARM.times(5 * strength)));
        }
    }

    /** Adds a round lamp close to the ceiling. */
    static void dome(Modeller m, List<Light> lights, double strength) {
        Material glass = Material.shining(new Texture.Plain(NEUTRAL, 0.02f, 1), 0.6 * strength);
        m.thing().turnedSolid(glass, 28, 0, -0.11, 0.1, -0.1, 0.17, -0.06, 0.19, 0);
        lights.add(new Light.Panel(m.toWorld(0, -0.12, 0), new Vector(0.16, 0, 0), new Vector(0, 0, 0.16),
                new Vector(0, -1, 0), NEUTRAL.times(strength), false));
    }

    /** Adds a standing lamp with a cloth shade, 1.5 m high. */
    static void floorLamp(Modeller m, Finishes f, List<Light> lights, boolean on) {
        double high = f.dice.between(1.45, 1.65);
        m.cylinder(f.black, 0.14, 0.02);
        m.bar(f.black, 0.011, 0, 0.02, 0, 0, high - 0.1, 0);
        shade(m.at(0, high - 0.22, 0), f, lights, 0.2, 0.15, 0.26, on, 9);
    }

    /** Adds a table lamp, 0.45 m high. */
    static void tableLamp(Modeller m, Finishes f, List<Light> lights, boolean on) {
        Material foot = f.dice.chance(0.6) ? f.glaze() : f.anyWood();
        m.turnedSolid(foot, 22, 0, 0, 0.06, 0, 0.062, 0.015, 0.025, 0.04, 0.055, 0.1, 0.05, 0.15, 0.015, 0.2, 0.012,
                0.26);
        shade(m.at(0, 0.24, 0), f, lights, 0.13, 0.09, 0.18, on, 9);
    }

    private static void shade(Modeller m, Finishes f, List<Light> lights, double below, double above, double high,
            boolean on, double strength) {
        Paint cloth = f.dice.pick(Paint.of(0xFFE2B0), Paint.of(0xFFEBCB), Paint.of(0xF7D9B0));
        Material skin = on
                ? Material.shining(new Texture.Fabric(cloth, cloth, 0.1f, 0, 4), 1.6)
                : Material.matt(new Texture.Fabric(cloth.times(0.8), cloth, 0.1f, 0, 4));
        m.thing().turnedSolid(skin, 30, below, 0, above, high);
        m.turnedSolid(skin, 30, below * 0.985, 0.001, above * 0.985, high - 0.001);
        if (on) {
            double r = (below + above) / 2 * 0.6;
            lights.add(new Light.Globe(m.toWorld(0, high / 2, 0), r, WARM.times(strength * 0.009 / (r * r))));
        }
    }
}
