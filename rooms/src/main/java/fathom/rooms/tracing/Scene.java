package fathom.rooms.tracing;

import java.util.List;

/**
 * A room ready to be photographed.
 *
 * @param kind what sort of room it is, as SUN RGB-D names its scenes
 * @param mesh every surface
 * @param bvh the tree over {@code mesh}
 * @param lights everything that shadow rays aim at
 * @param camera where the picture is taken
 */
public record Scene(String kind, Mesh mesh, Bvh bvh, List<Light> lights, Camera camera) {
    public Scene {
        lights = List.copyOf(lights);
    }
}
