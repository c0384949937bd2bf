package fathom.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import fathom.datasets.values.AuxiliaryMapField;
import fathom.raster.AuxiliaryMap;

/**
 * An auxiliary model output shown as one layer: a map of one plane, a vector of three planes, or one coordinate of a point
 * map. The kind of the map defines its meaning; its name never does.
 *
 * @param field the prediction field
 * @param name the layer's name, such as {@code uncertainty} or {@code points_x}
 * @param map the stored map
 * @param planes the planes that the layer shows: one for values, three for a vector
 */
record AuxiliaryLayer(String field, String name, AuxiliaryMapField map, List<Integer> planes) {
    private static final List<String> COORDINATES = List.of("distance to the right of the camera",
            "distance below the camera", "distance ahead of the camera");

    AuxiliaryLayer {
        planes = List.copyOf(planes);
    }

    /** How values become colours: scaled to their range; as 0 and 1; or (n + 1) / 2 as red, green and blue. */
    enum Drawing {
        VALUES, MASK, NORMAL
    }

    /** Returns the layers of the stored maps, in the order of {@code stored}. */
    static List<AuxiliaryLayer> of(String field, Collection<AuxiliaryMapField> stored) {
        List<AuxiliaryLayer> layers = new ArrayList<>();
        for (AuxiliaryMapField map : stored) {
            switch (map.kind()) {
                case SCALAR, MASK, UNCERTAINTY, CONFIDENCE, CLASS_SCORE ->
                    layers.add(new AuxiliaryLayer(field, map.name(), map, List.of(0)));
                case NORMAL -> layers.add(new AuxiliaryLayer(field, map.name(), map, List.of(0, 1, 2)));
                case POINTS -> {
                    List<String> names = AuxiliaryMap.componentNames(map.name(), map.kind());
                    for (int plane = 0; plane < names.size(); plane++) {
                        layers.add(new AuxiliaryLayer(field, names.get(plane), map, List.of(plane)));
                    }
                }
            }
        }
        return layers;
    }

    /** Returns the layer with a name. */
    static Optional<AuxiliaryLayer> find(String field, Collection<AuxiliaryMapField> stored, String name) {
        return of(field, stored).stream().filter(map -> map.name.equals(name)).findFirst();
    }

    /** Returns the name in addresses: {@code field.name}. */
    String layer() {
        return field + "." + name;
    }

    Drawing drawing() {
        return switch (map.kind()) {
            case SCALAR, UNCERTAINTY, CONFIDENCE, CLASS_SCORE, POINTS -> Drawing.VALUES;
            case MASK -> Drawing.MASK;
            case NORMAL -> Drawing.NORMAL;
        };
    }

    /** Returns what the values mean, in words; empty if only the name is known. */
    String meaning() {
        return switch (map.kind()) {
            case SCALAR -> "";
            case MASK -> "1 where the prediction is valid";
            case UNCERTAINTY -> "expected error of depth: larger is less certain";
            case CONFIDENCE -> "confidence in depth: larger is more certain";
            case CLASS_SCORE -> "score of the class " + map.name();
            case NORMAL -> "surface normal: x, y, z of a unit vector";
            case POINTS -> COORDINATES.get(planes.getFirst());
        };
    }

    /** Returns minimum and maximum if the kind defines them; otherwise empty, and the page uses the range of the values. */
    List<Double> range() {
        return switch (drawing()) {
            case MASK -> List.of(0.0, 1.0);
            case NORMAL -> List.of(-1.0, 1.0);
            case VALUES -> List.of();
        };
    }
}
