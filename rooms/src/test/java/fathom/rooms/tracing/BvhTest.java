package fathom.rooms.tracing;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class BvhTest {
    private static final int RAYS = 4000;
    private static final float FAR = 3;

    /** Small triangles in a cube of 2 m around the origin; every tenth emits light. */
    private static Mesh mesh(int triangles) {
        Dice dice = new Dice(11);
        Mesh mesh = new Mesh();
        int matt = mesh.register(Material.matt(new Texture.Plain(Paint.of(0x808080), 0, 0)));
        int lamp = mesh.register(Material.shining(new Texture.Plain(Paint.of(0xFFFFFF), 0, 0), 1));
        for (int i = 0; i < triangles; i++) {
            float[] a = vertex(dice, new float[3], 1);
            mesh.add(i % 10 == 0 ? lamp : matt, a, vertex(dice, a, 0.2), vertex(dice, a, 0.2));
        }
        return mesh;
    }

    private static float[] vertex(Dice dice, float[] around, double reach) {
        float[] vertex = new float[8];
        for (int axis = 0; axis < 3; axis++) {
            vertex[axis] = around[axis] + (float) dice.between(-reach, reach);
        }
        return vertex;
    }

    /** A ray as origin and direction; some of them are parallel to one or two axes. */
    private static float[] ray(Dice dice, int number) {
        float[] ray = new float[6];
        for (int i = 0; i < 6; i++) {
            ray[i] = (float) dice.between(-1, 1);
        }
        if (number % 4 == 0) {
            ray[3 + number / 4 % 3] = number % 8 == 0 ? 0f : -0f;
        }
        if (number % 12 == 0) {
            ray[3 + (number / 4 + 1) % 3] = 1e-38f;
        }
        return ray;
    }

    /** Returns the distance of the nearest triangle along the ray, infinity if there is none nearer than {@link #FAR}. */
    private static double exhaustive(Mesh mesh, float[] ray, boolean lamps) {
        double nearest = Double.POSITIVE_INFINITY;
        Vector origin = new Vector(ray[0], ray[1], ray[2]);
        Vector way = new Vector(ray[3], ray[4], ray[5]);
        for (int i = 0; i < mesh.size(); i++) {
            if (!lamps && mesh.materials().get(mesh.material(i)).emits()) {
                continue;
            }
            float[] p = mesh.corners();
            Vector a = new Vector(p[9 * i], p[9 * i + 1], p[9 * i + 2]);
            Vector e = new Vector(p[9 * i + 3], p[9 * i + 4], p[9 * i + 5]).minus(a);
            Vector f = new Vector(p[9 * i + 6], p[9 * i + 7], p[9 * i + 8]).minus(a);
            Vector n = way.cross(f);
            double det = e.dot(n);
            Vector s = origin.minus(a);
            double u = s.dot(n) / det;
            double v = way.dot(s.cross(e)) / det;
            double t = f.dot(s.cross(e)) / det;
            if (u >= 0 && v >= 0 && u + v <= 1 && t > 0 && t < Math.min(nearest, FAR)) {
                nearest = t;
            }
        }
        return nearest;
    }

    @Test
    void treeAnswersAsExhaustiveSearch() {
        for (int triangles : new int[]{1, 2, 5, 600}) {
            Mesh mesh = mesh(triangles);
            Bvh bvh = new Bvh(mesh);
            Dice dice = new Dice(5);
            Bvh.Hit hit = new Bvh.Hit();
            Bvh.Hit shadow = new Bvh.Hit();
            int met = 0;
            int different = 0;
            for (int i = 0; i < RAYS; i++) {
                float[] r = ray(dice, i);
                double nearest = exhaustive(mesh, r, true);
                boolean found = bvh.nearest(r[0], r[1], r[2], r[3], r[4], r[5], 0, FAR, hit);
                boolean blocked = bvh.blocked(r[0], r[1], r[2], r[3], r[4], r[5], 0, FAR, shadow);
                // A ray through an edge may meet or miss it.
                if (found != (nearest < FAR) || blocked != (exhaustive(mesh, r, false) < FAR)) {
                    different++;
                } else if (found) {
                    met++;
                    assertThat((double) hit.t).isCloseTo(nearest, within(1e-3));
                }
            }
            assertThat(different).as("%d triangles", triangles).isLessThanOrEqualTo(RAYS / 1000);
            assertThat(met).as("%d triangles", triangles).isPositive();
        }
    }

    @Test
    void emptyTreeIsNeverMet() {
        Bvh bvh = new Bvh(new Mesh());
        assertThat(bvh.nearest(0, 0, 0, 0, 0, 1, 0, FAR, new Bvh.Hit())).isFalse();
        assertThat(bvh.blocked(0, 0, 0, 0, 0, 1, 0, FAR, new Bvh.Hit())).isFalse();
    }
}
