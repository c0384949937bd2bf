package fathom.rooms.tracing;

/**
 * The point where a ray meets a surface; temporary memory of one thread. Normals face the side that the ray comes from.
 */
final class Surface {
    private final Mesh mesh;
    float x;
    float y;
    float z;
    /** Smooth normal. */
    float nx;
    float ny;
    float nz;
    /** Normal of the triangle. */
    float gx;
    float gy;
    float gz;
    float u;
    float v;
    int thing;
    int materialNumber;
    Material material;

    Surface(Mesh mesh) {
        this.mesh = mesh;
        this.material = mesh.materials().getFirst();
    }

    /** Sets the point to that of {@code hit} on the ray from (ox, oy, oz) along (dx, dy, dz). */
    void take(Bvh.Hit hit, float ox, float oy, float oz, float dx, float dy, float dz) {
        x = ox + hit.t * dx;
        y = oy + hit.t * dy;
        z = oz + hit.t * dz;
        int triangle = hit.triangle;
        thing = mesh.thing(triangle);
        materialNumber = mesh.material(triangle);
        material = mesh.materials().get(materialNumber);
        float b = hit.u;
        float c = hit.v;
        float a = 1 - b - c;
        float[] uv = mesh.uvs();
        int at = 6 * triangle;
        u = a * uv[at] + b * uv[at + 2] + c * uv[at + 4];
        v = a * uv[at + 1] + b * uv[at + 3] + c * uv[at + 5];
        faceTriangle(triangle, dx, dy, dz);
        smooth(triangle, a, b, c);
    }

    private void faceTriangle(int triangle, float dx, float dy, float dz) {
        float[] p = mesh.corners();
        int at = 9 * triangle;
        float ax = p[at + 3] - p[at];
        float ay = p[at + 4] - p[at + 1];
        float az = p[at + 5] - p[at + 2];
        float bx = p[at + 6] - p[at];
        float by = p[at + 7] - p[at + 1];
        float bz = p[at + 8] - p[at + 2];
        gx = ay * bz - az * by;
        gy = az * bx - ax * bz;
        gz = ax * by - ay * bx;
        float scale = (float) (1 / Math.sqrt(gx * gx + gy * gy + gz * gz));
        if (gx * dx + gy * dy + gz * dz > 0) {
            scale = -scale;
        }
        gx *= scale;
        gy *= scale;
        gz *= scale;
    }

    private void smooth(int triangle, float a, float b, float c) {
        float[] n = mesh.normals();
        int at = 9 * triangle;
        nx = a * n[at] + b * n[at + 3] + c * n[at + 6];
        ny = a * n[at + 1] + b * n[at + 4] + c * n[at + 7];
        nz = a * n[at + 2] + b * n[at + 5] + c * n[at + 8];
        float scale = (float) (1 / Math.sqrt(nx * nx + ny * ny + nz * nz));
        if (nx * gx + ny * gy + nz * gz < 0) {
            scale = -scale;
        }
        nx *= scale;
        ny *= scale;
        nz *= scale;
    }
}
