package fathom.rooms.tracing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The triangles of a scene: corners and their normals (9 numbers each), texture coordinates in metres (6), the material
 * and the thing of each triangle. It grows while a room is furnished and is read-only afterwards.
 */
public final class Mesh {
    private final List<Material> materials = new ArrayList<>();
    private float[] corners = new float[9 * 4096];
    private float[] normals = new float[9 * 4096];
    private float[] uvs = new float[6 * 4096];
    private int[] material = new int[4096];
    private int[] thing = new int[4096];
    private int size;
    private int things;

    public int size() {
        return size;
    }

    /** Starts a new thing: the triangles added from now on belong together. */
    public void begin() {
        things++;
    }

    /** Returns the number of things so far, which is the number of the newest thing. */
    public int things() {
        return things;
    }

    /** Returns the number of {@code m} for {@link #add}. */
    public int register(Material m) {
        int known = materials.indexOf(m);
        if (known >= 0) {
            return known;
        }
        materials.add(m);
        return materials.size() - 1;
    }

    public List<Material> materials() {
        return materials;
    }

    /** Adds the triangle of the vertices a, b, c, each with 8 numbers: position, normal, u, v. */
    public void add(int materialNumber, float[] a, float[] b, float[] c) {
        if (size == material.length) {
            int more = size * 2;
            corners = Arrays.copyOf(corners, 9 * more);
            normals = Arrays.copyOf(normals, 9 * more);
            uvs = Arrays.copyOf(uvs, 6 * more);
            material = Arrays.copyOf(material, more);
            thing = Arrays.copyOf(thing, more);
        }
        put(0, a);
        put(1, b);
        put(2, c);
        material[size] = materialNumber;
        thing[size] = things;
        size++;
    }

    private void put(int corner, float[] vertex) {
        System.arraycopy(vertex, 0, corners, 9 * size + 3 * corner, 3);
        System.arraycopy(vertex, 3, normals, 9 * size + 3 * corner, 3);
        System.arraycopy(vertex, 6, uvs, 6 * size + 2 * corner, 2);
    }

    public float[] corners() {
        return corners;
    }

    float[] normals() {
        return normals;
    }

    float[] uvs() {
        return uvs;
    }

    public int material(int triangle) {
        return material[triangle];
    }

    public int thing(int triangle) {
        return thing[triangle];
    }
}
