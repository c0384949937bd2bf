package fathom.rooms.tracing;

import java.util.List;

/**
 * Computes the light that arrives at a point: directly from the lights through shadow rays, and after one reflection.
 * Light after more reflections is assumed to be equal everywhere. Contains the temporary memory of one thread; results
 * are written to arrays of three.
 */
final class Lighting {
    private static final float NUDGE = 1e-3f;
    private static final float INVERSE_PI = (float) (1 / Math.PI);

    private final Bvh bvh;
    private final List<Light> lights;
    private final float[] ambient;
    private final Bvh.Hit hit = new Bvh.Hit();
    private final Surface bounced;
    private final float[] reach = new float[3];
    private final float[] paint = new float[3];
    private final float[] shares;
    /** Mean colour of each material for diffuse reflection, three numbers each. */
    private final float[] meanPaints;
    /** Direction and distance of the current light sample, and its contribution if it is not blocked. */
    private float lx;
    private float ly;
    private float lz;
    private float far;
    private float er;
    private float eg;
    private float eb;

    Lighting(Scene scene, float[] ambient) {
        this.bvh = scene.bvh();
        this.lights = scene.lights();
        this.ambient = ambient;
        this.bounced = new Surface(scene.mesh());
        this.meanPaints = meanPaints(scene.mesh());
        this.shares = new float[lights.size()];
    }

    private static float[] meanPaints(Mesh mesh) {
        int places = 48;
        float[] means = new float[3 * mesh.materials().size()];
        float[] one = new float[3];
        for (int m = 0; m < mesh.materials().size(); m++) {
            for (int i = 0; i < places; i++) {
                mesh.materials().get(m).texture().colour(Dice.hash(i, 0, 7), Dice.hash(i, 1, 7), 0.02f, one);
                for (int c = 0; c < 3; c++) {
                    means[3 * m + c] += one[c] / places;
                }
            }
        }
        return means;
    }

    /** Adds to {@code sum} the weighted direct irradiance from light number {@code light}. */
    void addDirect(Surface s, int light, float u1, float u2, float weight, float[] sum) {
        sample(lights.get(light), s, u1, u2);
        if (er + eg + eb <= 0) {
            return;
        }
        float ox = s.x + NUDGE * s.gx;
        float oy = s.y + NUDGE * s.gy;
        float oz = s.z + NUDGE * s.gz;
        if (!bvh.blocked(ox, oy, oz, lx, ly, lz, 0, far * 0.999f, hit)) {
            sum[0] += er * weight;
            sum[1] += eg * weight;
            sum[2] += eb * weight;
        }
    }

    /** Adds the irradiance from one light, chosen by the possible contribution of each. */
    private void addOne(Surface s, float choice, float u1, float u2, float[] sum) {
        float total = 0;
        for (int i = 0; i < shares.length; i++) {
            sample(lights.get(i), s, 0.5f, 0.5f);
            shares[i] = er + eg + eb;
            total += shares[i];
        }
        if (total <= 0) {
            return;
        }
        float left = choice * total;
        int chosen = 0;
        while (chosen < shares.length - 1 && left >= shares[chosen]) {
            left -= shares[chosen++];
        }
        if (shares[chosen] > 0) {
            addDirect(s, chosen, u1, u2, total / shares[chosen], sum);
        }
    }

    private void sample(Light light, Surface s, float u1, float u2) {
        switch (light) {
            case Light.Panel panel -> samplePanel(panel, s, 2 * u1 - 1, 2 * u2 - 1);
            case Light.Globe globe -> sampleGlobe(globe, s, u1, u2);
            case Light.Sun sun -> sampleSun(sun, s, u1, u2);
        }
    }

    private void samplePanel(Light.Panel panel, Surface s, float a, float b) {
        Vector c = panel.centre();
        Vector u = panel.u();
        Vector v = panel.v();
        Vector n = panel.normal();
        aim(s, c.x() + a * u.x() + b * v.x(), c.y() + a * u.y() + b * v.y(), c.z() + a * u.z() + b * v.z());
        float cos = -(float) (n.x() * lx + n.y() * ly + n.z() * lz);
        float area = (float) panel.area();
        float strength = area * Math.max(0, cos) / Math.max(far * far, 0.12f * area);
        bring(panel.radiance(), panel.sky() ? strength * (0.3f + 0.7f * Noise.step(-0.15f, 0.25f, ly)) : strength, s);
    }

    private void sampleGlobe(Light.Globe globe, Surface s, float u1, float u2) {
        Vector c = globe.centre();
        float radius = (float) globe.radius();
        float spread = radius * (float) Math.sqrt(u2);
        float a = spread * Circle.cos(u1);
        float b = spread * Circle.sin(u1);
        aim(s, c.x(), c.y(), c.z());
        // A disc that faces the point: any two directions perpendicular to the line of sight.
        float tx = Math.abs(ly) < 0.9f ? -lz : 0;
        float ty = Math.abs(ly) < 0.9f ? 0 : lz;
        float tz = Math.abs(ly) < 0.9f ? lx : -ly;
        float scale = (float) (1 / Math.sqrt(tx * tx + ty * ty + tz * tz));
        tx *= scale;
        ty *= scale;
        tz *= scale;
        aim(s, c.x() + a * tx + b * (ly * tz - lz * ty), c.y() + a * ty + b * (lz * tx - lx * tz),
                c.z() + a * tz + b * (lx * ty - ly * tx));
        bring(globe.radiance(), (float) Math.PI * radius * radius / Math.max(far * far, 0.04f), s);
    }

    private void sampleSun(Light.Sun sun, Surface s, float u1, float u2) {
        double blur = 0.014;
        lx = (float) (sun.direction().x() + blur * (u1 - 0.5));
        ly = (float) (sun.direction().y() + blur * (u2 - 0.5));
        lz = (float) sun.direction().z();
        far = 100;
        bring(sun.radiance(), 1, s);
    }

    private void aim(Surface s, double x, double y, double z) {
        float dx = (float) x - s.x;
        float dy = (float) y - s.y;
        float dz = (float) z - s.z;
        far = (float) Math.sqrt(dx * dx + dy * dy + dz * dz) + 1e-9f;
        lx = dx / far;
        ly = dy / far;
        lz = dz / far;
    }

    private void bring(Paint radiance, float strength, Surface s) {
        float cos = s.nx * lx + s.ny * ly + s.nz * lz;
        float facing = s.gx * lx + s.gy * ly + s.gz * lz;
        float e = facing > 0 && cos > 0 ? strength * cos : 0;
        er = radiance.r() * e;
        eg = radiance.g() * e;
        eb = radiance.b() * e;
    }

    /** Adds the weighted irradiance of one ray of the hemisphere around the normal. */
    void addIndirect(Surface s, float u1, float u2, float r1, float r2, float r3, float weight, float[] sum) {
        float spread = (float) Math.sqrt(u2);
        float a = spread * Circle.cos(u1);
        float b = spread * Circle.sin(u1);
        float c = (float) Math.sqrt(1 - u2);
        // Duff et al.: "Building an orthonormal basis, revisited", JCGT 2017.
        float sign = Math.copySign(1f, s.nz);
        float p = -1 / (sign + s.nz);
        float q = s.nx * s.ny * p;
        float dx = a * (1 + sign * s.nx * s.nx * p) + b * q + c * s.nx;
        float dy = a * sign * q + b * (sign + s.ny * s.ny * p) + c * s.ny;
        float dz = -a * sign * s.nx - b * s.ny + c * s.nz;
        if (dx * s.gx + dy * s.gy + dz * s.gz <= 0) {
            return;
        }
        radiance(s, dx, dy, dz, r1, r2, r3, false);
        float scale = weight * (float) Math.PI;
        sum[0] += reach[0] * scale;
        sum[1] += reach[1] * scale;
        sum[2] += reach[2] * scale;
    }

    /** Adds the weighted mirror image in the given reflected direction. */
    void addMirror(Surface s, float dx, float dy, float dz, float r1, float r2, float r3, float weight, float[] sum) {
        if (dx * s.gx + dy * s.gy + dz * s.gz <= 0) {
            return;
        }
        radiance(s, dx, dy, dz, r1, r2, r3, true);
        sum[0] += reach[0] * weight;
        sum[1] += reach[1] * weight;
        sum[2] += reach[2] * weight;
    }

    /** Writes to {@code reach} the radiance that arrives along (dx, dy, dz), with or without that of lights. */
    private void radiance(Surface s, float dx, float dy, float dz, float r1, float r2, float r3, boolean withLights) {
        reach[0] = 0;
        reach[1] = 0;
        reach[2] = 0;
        float ox = s.x + NUDGE * s.gx;
        float oy = s.y + NUDGE * s.gy;
        float oz = s.z + NUDGE * s.gz;
        if (!bvh.nearest(ox, oy, oz, dx, dy, dz, 0, 100, hit)) {
            return;
        }
        Surface t = bounced;
        t.take(hit, ox, oy, oz, dx, dy, dz);
        if (withLights) {
            t.material.texture().colour(t.u, t.v, 0.004f + 0.01f * hit.t, paint);
        } else {
            System.arraycopy(meanPaints, 3 * t.materialNumber, paint, 0, 3);
        }
        if (t.material.emits()) {
            float shine = withLights ? t.material.emission() : 0;
            reach[0] = paint[0] * shine;
            reach[1] = paint[1] * shine;
            reach[2] = paint[2] * shine;
            return;
        }
        addOne(t, r1, r2, r3, reach);
        reach[0] = (reach[0] + ambient[0]) * paint[0] * INVERSE_PI;
        reach[1] = (reach[1] + ambient[1]) * paint[1] * INVERSE_PI;
        reach[2] = (reach[2] + ambient[2]) * paint[2] * INVERSE_PI;
    }
}
