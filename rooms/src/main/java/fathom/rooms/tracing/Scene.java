package fathom.rooms.tracing;

import java.util.List;

/**
 * A room ready to be rendered.
 *
 * @param kind the kind of room, with the scene names of SUN RGB-D
 * @param mesh every surface
 * @param bvh the tree over {@code mesh}
 * @param lights the lights that shadow rays aim at
 * @param camera the camera
 */
public record Scene(String kind, Mesh mesh, Bvh bvh, List<Light> lights, Camera camera) {
    public Scene {
        lights = List.copyOf(lights);
    }
}
