package fathom.rooms;

import java.util.List;

import fathom.raster.Intrinsics;
import fathom.raster.Plane;
import fathom.rooms.furniture.Architect;
import fathom.rooms.furniture.Modeller;
import fathom.rooms.tracing.Bvh;
import fathom.rooms.tracing.Camera;
import fathom.rooms.tracing.Dice;
import fathom.rooms.tracing.Material;
import fathom.rooms.tracing.Mesh;
import fathom.rooms.tracing.Paint;
import fathom.rooms.tracing.Renderer;
import fathom.rooms.tracing.Scene;
import fathom.rooms.tracing.Texture;
import fathom.rooms.tracing.Vector;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RoomDepthTest {
    private static final int HEIGHT = 31;
    private static final int WIDTH = 41;
    private static final Intrinsics CAMERA = Intrinsics.fromFieldOfView(57, HEIGHT, WIDTH);
    private static final RoomOptions SMALL = RoomOptions.defaults().withSize(33, 44);

    /** A large rectangle through {@code point}, spanned by two edges, seen from the origin along z. */
    private static Plane depthOf(Vector point, Vector u, Vector v, Camera camera) {
        Mesh mesh = new Mesh();
        Vector corner = point.minus(u.times(50)).minus(v.times(50));
        Modeller.of(mesh).quad(Material.matt(new Texture.Plain(Paint.of(0x808080), 0, 0)),
                new double[]{corner.x(), corner.y(), corner.z()}, new double[]{100 * u.x(), 100 * u.y(), 100 * u.z()},
                new double[]{100 * v.x(), 100 * v.y(), 100 * v.z()}, 0, 0, 1, 1);
        Scene scene = new Scene("test", mesh, new Bvh(mesh), List.of(), camera);
        return new Renderer(scene, HEIGHT, WIDTH, 1).measure();
    }

    private static Camera straight() {
        return Camera.looking(new Vector(0, 0, 0), new Vector(0, 0, 1), 0, CAMERA);
    }

    @Test
    void aWallAcrossTheViewHasItsDistanceEverywhere() {
        Plane depth = depthOf(new Vector(0, 0, 3.25), new Vector(1, 0, 0), new Vector(0, 1, 0), straight());
        for (float z : depth.array()) {
            assertThat(z).isEqualTo(3.25f);
        }
    }

    @Test
    void aSlantingWallFollowsThePinholeEquation() {
        Vector u = new Vector(1, 0, 0.4);
        Vector v = new Vector(0, 1, -0.2);
        Vector point = new Vector(0.3, -0.1, 4);
        Vector normal = u.cross(v);
        Plane depth = depthOf(point, u, v, straight());
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                // World y points up, the camera's y down.
                Vector ray = new Vector((column - CAMERA.cx()) / CAMERA.fx(), -(row - CAMERA.cy()) / CAMERA.fy(), 1);
                double expected = normal.dot(point) / normal.dot(ray);
                assertThat((double) depth.get(row, column)).isCloseTo(expected, within(2e-6 * expected));
            }
        }
    }

    @Test
    void depthIsMeasuredAlongTheOpticalAxisOfATurnedCamera() {
        Vector position = new Vector(1, 1.5, 0.5);
        Camera camera = Camera.looking(position, new Vector(2, 0.7, 4), 2, CAMERA);
        Vector point = position.plus(camera.forward().times(2.5));
        Plane depth = depthOf(point, camera.right(), camera.down(), camera);
        for (float z : depth.array()) {
            assertThat(z).isCloseTo(2.5f, within(1e-5f));
        }
    }

    @Test
    void gravityAlignmentMapsDownToTheYAxis() {
        Camera camera = Camera.looking(new Vector(0, 1.5, 0), new Vector(0.4, 0.9, 3), 1.5, CAMERA);
        List<Double> r = camera.gravityAlignment();
        Vector down = new Vector(-camera.right().y(), -camera.down().y(), -camera.forward().y());
        for (int row = 0; row < 3; row++) {
            double image = r.get(3 * row) * down.x() + r.get(3 * row + 1) * down.y() + r.get(3 * row + 2) * down.z();
            assertThat(image).isCloseTo(row == 1 ? 1 : 0, within(1e-12));
            for (int other = 0; other < 3; other++) {
                double dot = 0;
                for (int k = 0; k < 3; k++) {
                    dot += r.get(3 * row + k) * r.get(3 * other + k);
                }
                assertThat(dot).isCloseTo(row == other ? 1 : 0, within(1e-12));
            }
        }
    }

    @Test
    void everyRoomCanBeMeasuredAndTheCameraIsNotInsideFurniture() {
        for (int seed = 1; seed <= 30; seed++) {
            Scene scene = Architect.design(seed, seed % 3, SMALL.intrinsics(), SMALL.height(), SMALL.width());
            Plane depth = new Renderer(scene, SMALL.height(), SMALL.width(), seed).measure();
            for (float z : depth.array()) {
                assertThat(z).as("seed %d, %s", seed, scene.kind()).isBetween(0.5f, 10.1f);
            }
            Vector eye = scene.camera().position();
            Bvh.Hit hit = new Bvh.Hit();
            boolean touched = scene.bvh().nearest((float) eye.x(), (float) eye.y(), (float) eye.z(), 0, -1, 0, 0, 3,
                    hit);
            assertThat(touched).as("seed %d stands on a floor", seed).isTrue();
            assertThat(hit.t).as("seed %d has room below the camera", seed).isGreaterThan(0.12f);
        }
    }

    @Test
    void treeFindsTheSameHitsAsExhaustiveSearch() {
        Scene scene = Architect.design(4, 1, SMALL.intrinsics(), SMALL.height(), SMALL.width());
        Mesh mesh = scene.mesh();
        Dice dice = new Dice(3);
        Bvh.Hit hit = new Bvh.Hit();
        for (int i = 0; i < 60; i++) {
            Vector eye = scene.camera().position();
            Vector way = new Vector(dice.between(-1, 1), dice.between(-1, 1), dice.between(-1, 1)).unit();
            boolean found = scene.bvh().nearest((float) eye.x(), (float) eye.y(), (float) eye.z(), (float) way.x(),
                    (float) way.y(), (float) way.z(), 0, 100, hit);
            double nearest = nearestOfAll(mesh, eye, way);
            assertThat(found).isEqualTo(nearest < 100);
            assertThat((double) hit.t).isCloseTo(nearest, within(1e-3));
        }
    }

    private static double nearestOfAll(Mesh mesh, Vector eye, Vector way) {
        float[] p = mesh.corners();
        double nearest = 100;
        for (int at = 0; at < 9 * mesh.size(); at += 9) {
            Vector a = new Vector(p[at], p[at + 1], p[at + 2]);
            Vector e = new Vector(p[at + 3], p[at + 4], p[at + 5]).minus(a);
            Vector f = new Vector(p[at + 6], p[at + 7], p[at + 8]).minus(a);
            Vector n = e.cross(f);
            double t = n.dot(a.minus(eye)) / n.dot(way);
            if (!(t > 0 && t < nearest)) {
                continue;
            }
            Vector q = eye.plus(way.times(t)).minus(a);
            double u = q.cross(f).dot(n) / n.dot(n);
            double v = e.cross(q).dot(n) / n.dot(n);
            if (u >= 0 && v >= 0 && u + v <= 1) {
                nearest = t;
            }
        }
        return nearest;
    }
}
