package fathom.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import fathom.raster.DepthKind;

/**
 * What a prediction has beside depth, as one layer: a stored map, or the three that are the axes of a normal.
 *
 * @param field the prediction
 * @param name such as {@code uncertainty}
 * @param parts the stored maps that make it, one for values, three for a vector
 */
record FurtherMap(String field, String name, List<String> parts) {
    private static final String NORMAL = "normal";
    private static final List<String> NORMAL_AXES = List.of("normal_x", "normal_y", "normal_z");

    FurtherMap {
        parts = List.copyOf(parts);
    }

    /** How its numbers become colours: over their range, as 0 and 1, or (n + 1) / 2 as red, green and blue. */
    enum Drawing {
        VALUES, MASK, NORMAL
    }

    /** The layers that the stored maps make, in the order of {@code stored}, a normal in its first axis' place. */
    static List<FurtherMap> of(String field, Collection<String> stored) {
        boolean normals = stored.containsAll(NORMAL_AXES);
        List<FurtherMap> maps = new ArrayList<>();
        for (String name : stored) {
            if (!normals || !NORMAL_AXES.contains(name)) {
                maps.add(new FurtherMap(field, name, List.of(name)));
            } else if (name.equals(NORMAL_AXES.getFirst())) {
                maps.add(new FurtherMap(field, NORMAL, NORMAL_AXES));
            }
        }
        return maps;
    }

    /** The one of that name. */
    static Optional<FurtherMap> find(String field, Collection<String> stored, String name) {
        return of(field, stored).stream().filter(map -> map.name.equals(name)).findFirst();
    }

    /** What addresses call it: {@code field.name}. */
    String layer() {
        return field + "." + name;
    }

    Drawing drawing() {
        return parts.size() == NORMAL_AXES.size()
                ? Drawing.NORMAL
                : name.equals("mask") ? Drawing.MASK : Drawing.VALUES;
    }

    /** What its numbers are, for people; empty where only its name is known. */
    String meaning() {
        return switch (name) {
            case "uncertainty" -> "how far the ensemble’s members lie apart";
            case "sky" -> "how much the model takes for sky";
            case "mask" -> "1 where the model sees depth";
            case NORMAL -> "the surface’s direction: x, y, z of a unit vector";
            case "points_x" -> "how far right of the camera";
            case "points_y" -> "how far below the camera";
            case "points_z" -> "how far ahead of the camera";
            default -> "";
        };
    }

    /** The unit of its numbers, empty for none: that of the depth where they are lengths beside it. */
    String unit(DepthKind depth) {
        return switch (name) {
            case "uncertainty", "points_x", "points_y", "points_z" -> depth.unit();
            default -> "";
        };
    }

    /** Least and greatest value, where the meaning fixes them; else empty, and the values say. */
    List<Double> range() {
        return switch (drawing()) {
            case MASK -> List.of(0.0, 1.0);
            case NORMAL -> List.of(-1.0, 1.0);
            case VALUES -> List.of();
        };
    }
}
