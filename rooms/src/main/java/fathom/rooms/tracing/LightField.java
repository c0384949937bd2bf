package fathom.rooms.tracing;

/**
 * The light at the centre of each pixel: direct light, light after reflections, and mirror images. Flat areas are
 * computed at every second pixel (indirect light: every fourth) and filled in. Everything is smoothed along surfaces.
 * One thread, no allocation per pixel.
 */
final class LightField {
    /** Rays for light after reflections: if one pixel in four is computed, and if every pixel is. */
    private static final int SPARSE_RAYS = 4;
    private static final int DENSE_RAYS = 2;
    private static final int DIRECT = 1;
    private static final int INDIRECT = 2;

    private final Scene scene;
    private final Guide guide;
    private final int height;
    private final int width;
    private final int seed;
    private final Lighting lighting;
    private final float[] ambient = new float[3];
    private final float[] soft;
    private final float[] sharp;
    private final float[] indirect;
    private final float[] mirror;
    private final byte[] known;
    private final float[] lit = new float[3];
    private final float[] sunlit = new float[3];
    private final float[] paint = new float[3];
    private final int softLights;

    LightField(Scene scene, Guide guide, int seed) {
        this.scene = scene;
        this.guide = guide;
        this.height = guide.height;
        this.width = guide.width;
        this.seed = seed;
        this.lighting = new Lighting(scene, ambient);
        int n = 3 * height * width;
        soft = new float[n];
        sharp = new float[n];
        indirect = new float[n];
        mirror = new float[n];
        known = new byte[height * width];
        softLights = (int) scene.lights().stream().filter(light -> !(light instanceof Light.Sun)).count();
    }

    /** Access to the surface at the centre of a pixel. */
    @FunctionalInterface
    interface Centres {
        /** Returns the surface at the centre of the pixel; {@code ray} receives the viewing direction. */
        Surface at(int row, int column, float[] ray);
    }

    /** Computes the light everywhere. */
    void measure(Centres centres) {
        float[] ray = new float[3];
        estimateAmbient(centres, ray);
        for (int row = 0, at = 0; row < height; row++) {
            for (int column = 0; column < width; column++, at++) {
                boolean detailed = !guide.flat(at);
                boolean direct = detailed || ((row + column) & 1) == 0;
                boolean bounced = detailed || ((row | column) & 1) == 0;
                if (!direct && !bounced) {
                    continue;
                }
                Surface s = centres.at(row, column, ray);
                if (s.material.emits()) {
                    known[at] = DIRECT | INDIRECT;
                    continue;
                }
                if (direct) {
                    known[at] |= DIRECT;
                    lightDirectly(s, row, detailed ? column : column >> 1);
                    store(lit, soft, at);
                    store(sunlit, sharp, at);
                    reflect(s, ray, row, column);
                    store(lit, mirror, at);
                }
                if (bounced) {
                    known[at] |= INDIRECT;
                    bounce(s, detailed ? row : row >> 1, detailed ? column : column >> 1,
                            detailed ? DENSE_RAYS : SPARSE_RAYS);
                    store(lit, indirect, at);
                }
            }
        }
        fill(DIRECT, soft, sharp, mirror);
        fill(INDIRECT, indirect);
        float[] scratch = new float[soft.length];
        Denoiser.smooth(guide, soft, scratch, 3);
        Denoiser.smooth(guide, sharp, scratch, 1);
        Denoiser.smooth(guide, indirect, scratch, 5);
        Denoiser.smooth(guide, mirror, scratch, 3);
        for (int i = 0; i < soft.length; i++) {
            soft[i] += sharp[i] + indirect[i];
        }
    }

    private static void store(float[] three, float[] plane, int pixel) {
        plane[3 * pixel] = three[0];
        plane[3 * pixel + 1] = three[1];
        plane[3 * pixel + 2] = three[2];
    }

    private static void clear(float[] three) {
        three[0] = 0;
        three[1] = 0;
        three[2] = 0;
    }

    /**
     * Estimates the light that is reflected more than once, as equal from all directions: a geometric series over the
     * mean colour.
     */
    private void estimateAmbient(Centres centres, float[] ray) {
        int places = 600;
        double mean = 0;
        for (int i = 0; i < places; i++) {
            Surface s = centres.at((int) (Dice.hash(i, 1, seed) * height), (int) (Dice.hash(i, 2, seed) * width), ray);
            clear(lit);
            for (int light = 0; light < scene.lights().size(); light++) {
                lighting.addDirect(s, light, Dice.hash(i, 3, seed), Dice.hash(i, 4, seed), 1, lit);
            }
            s.material.texture().colour(s.u, s.v, 0.05f, paint);
            for (int c = 0; c < 3; c++) {
                ambient[c] += Math.min(lit[c], 20f) * paint[c];
                mean += paint[c] / (3.0 * places);
            }
        }
        double again = 1 / (1 - Math.min(0.7, mean));
        for (int c = 0; c < 3; c++) {
            ambient[c] = (float) (ambient[c] / places * again * 0.8);
        }
    }

    /** Writes the irradiance from lamps and windows to {@code lit}, and that from the sun to {@code sunlit}. */
    private void lightDirectly(Surface s, int row, int column) {
        clear(lit);
        clear(sunlit);
        int rays = Math.max(1, 4 / Math.max(1, softLights));
        for (int light = 0; light < scene.lights().size(); light++) {
            boolean sun = scene.lights().get(light) instanceof Light.Sun;
            int n = sun ? 1 : rays;
            for (int i = 0; i < n; i++) {
                lighting.addDirect(s, light, sequence(row, column, i, n, 2 + 2 * light),
                        sequence(row, column, i, n, 3 + 2 * light), 1f / n, sun ? sunlit : lit);
            }
        }
    }

    /** Writes the irradiance after reflections to {@code lit}. */
    private void bounce(Surface s, int row, int column, int rays) {
        clear(lit);
        for (int i = 0; i < rays; i++) {
            lighting.addIndirect(s, sequence(row, column, i, rays, 0), sequence(row, column, i, rays, 1),
                    random(row, column, 3 * i), random(row, column, 3 * i + 1), random(row, column, 3 * i + 2),
                    1f / rays, lit);
        }
        // A single bright ray would cause a spot that no filter removes.
        float most = 6 * (ambient[0] + ambient[1] + ambient[2]) + 1e-3f;
        float scale = Math.min(1, most / (lit[0] + lit[1] + lit[2] + 1e-9f));
        lit[0] *= scale;
        lit[1] *= scale;
        lit[2] *= scale;
    }

    /** Writes the mirror image to {@code lit}, by Schlick's approximation of Fresnel's law. */
    private void reflect(Surface s, float[] ray, int row, int column) {
        clear(lit);
        if (s.material.gloss() <= 0) {
            return;
        }
        float length = (float) Math.sqrt(ray[0] * ray[0] + ray[1] * ray[1] + ray[2] * ray[2]);
        float dx = ray[0] / length;
        float dy = ray[1] / length;
        float dz = ray[2] / length;
        float cos = Math.clamp(-(dx * s.nx + dy * s.ny + dz * s.nz), 0f, 1f);
        float grazing = (1 - cos) * (1 - cos) * (1 - cos) * (1 - cos) * (1 - cos);
        float strength = s.material.gloss() * (0.045f + 0.955f * grazing * (1 - 0.6f * s.material.roughness()));
        float rough = s.material.roughness() * 0.5f;
        int rays = rough > 0.02f ? 3 : 1;
        for (int i = 0; i < rays; i++) {
            float rx = dx + 2 * cos * s.nx + rough * (random(row, column, 31 + i) + random(row, column, 34 + i) - 1);
            float ry = dy + 2 * cos * s.ny + rough * (random(row, column, 52 + i) + random(row, column, 55 + i) - 1);
            float rz = dz + 2 * cos * s.nz + rough * (random(row, column, 37 + i) + random(row, column, 40 + i) - 1);
            float scale = (float) (1 / Math.sqrt(rx * rx + ry * ry + rz * rz));
            lighting.addMirror(s, rx * scale, ry * scale, rz * scale, random(row, column, 43 + i),
                    random(row, column, 46 + i), random(row, column, 49 + i), strength / rays, lit);
        }
    }

    /** Sets skipped pixels to the mean of their neighbours on the same surface. */
    private void fill(int kind, float[]... planes) {
        for (int at = 0; at < known.length; at++) {
            if ((known[at] & kind) != 0) {
                continue;
            }
            float total = 0;
            for (float[] plane : planes) {
                plane[3 * at] = 0;
                plane[3 * at + 1] = 0;
                plane[3 * at + 2] = 0;
            }
            for (int y = -1; y <= 1; y++) {
                for (int x = -1; x <= 1; x++) {
                    int near = at + y * width + x;
                    if ((known[near] & kind) == 0) {
                        continue;
                    }
                    total++;
                    for (float[] plane : planes) {
                        plane[3 * at] += plane[3 * near];
                        plane[3 * at + 1] += plane[3 * near + 1];
                        plane[3 * at + 2] += plane[3 * near + 2];
                    }
                }
            }
            for (float[] plane : planes) {
                plane[3 * at] /= total;
                plane[3 * at + 1] /= total;
                plane[3 * at + 2] /= total;
            }
        }
    }

    /**
     * Computes light and mirror image at a surface seen (dx, dy) pixels from the centre of a pixel: those of the nine
     * centres around it that are on the same surface. If there are none, computes both anew.
     */
    void gather(Surface s, int row, int column, float dx, float dy, float[] light, float[] image) {
        clear(light);
        clear(image);
        float total = 0;
        float[] n = guide.normal;
        float[] p = guide.place;
        for (int y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
            for (int x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
                int near = y * width + x;
                int i = 3 * near;
                float turn = n[i] * s.nx + n[i + 1] * s.ny + n[i + 2] * s.nz;
                float lift = Math.abs(s.nx * (p[i] - s.x) + s.ny * (p[i + 1] - s.y) + s.nz * (p[i + 2] - s.z));
                if (guide.thing[near] != s.thing || turn < 0.8f || lift > 0.01f * guide.depth[near]) {
                    continue;
                }
                float ex = x - column - dx;
                float ey = y - row - dy;
                float weight = Math.max(0, 1.7f - ex * ex - ey * ey) * (turn - 0.79f) + 1e-4f;
                total += weight;
                for (int c = 0; c < 3; c++) {
                    light[c] += weight * soft[i + c];
                    image[c] += weight * mirror[i + c];
                }
            }
        }
        if (total > 0) {
            for (int c = 0; c < 3; c++) {
                light[c] /= total;
                image[c] /= total;
            }
            return;
        }
        lightDirectly(s, row, column);
        int at = 3 * (row * width + column);
        for (int c = 0; c < 3; c++) {
            light[c] = lit[c] + sunlit[c] + indirect[at + c];
        }
    }

    /**
     * Returns sample {@code i} of {@code n} of a pixel in one dimension. The pixels of an 8 x 8 tile share one evenly
     * distributed sequence (Roberts: "The unreasonable effectiveness of quasirandom sequences", 2018) along a Morton
     * curve, so that neighbours complement each other and a filter averages well.
     */
    private float sequence(int row, int column, int i, int n, int dimension) {
        int index = 0;
        for (int bit = 2; bit >= 0; bit--) {
            index = (index << 2) | (((row >> bit) & 1) << 1) | ((column >> bit) & 1);
        }
        double step = (dimension & 1) == 0 ? 0.7548776662466927 : 0.5698402909980532;
        double x = (index * n + i) * step + Dice.hash(row >> 3, column >> 3, seed + dimension);
        return (float) (x - (long) x);
    }

    private float random(int row, int column, int dimension) {
        return Dice.hash(row, column, seed ^ dimension * 0x3C6EF372);
    }
}
