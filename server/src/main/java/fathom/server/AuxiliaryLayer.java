package fathom.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import fathom.datasets.values.AuxiliaryMapField;
import fathom.raster.AuxiliaryMap;

/**
 * An auxiliary map of a prediction as one layer of the page: a map of one plane, a vector of three, or one coordinate of a
 * map of points. What it is follows from the map's kind, never from its name.
 *
 * @param field the prediction
 * @param name the layer's name, such as {@code uncertainty} or {@code points_x}
 * @param map the stored map
 * @param planes which of its planes the layer shows: one for values, three for a vector
 */
record AuxiliaryLayer(String field, String name, AuxiliaryMapField map, List<Integer> planes) {
    private static final List<String> COORDINATES = List.of("how far right of the camera", "how far below the camera",
            "how far ahead of the camera");

    AuxiliaryLayer {
        planes = List.copyOf(planes);
    }

    /** How its numbers become colours: over their range, as 0 and 1, or (n + 1) / 2 as red, green and blue. */
    enum Drawing {
        VALUES, MASK, NORMAL
    }

    /** The layers that the stored maps make, in the order of {@code stored}. */
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

    /** The one of that name. */
    static Optional<AuxiliaryLayer> find(String field, Collection<AuxiliaryMapField> stored, String name) {
        return of(field, stored).stream().filter(map -> map.name.equals(name)).findFirst();
    }

    /** What addresses call it: {@code field.name}. */
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

    /** What its numbers are, in words; empty where only its name is known. */
    String meaning() {
        return switch (map.kind()) {
            case SCALAR -> "";
            case MASK -> "1 where the model sees depth";
            case UNCERTAINTY -> "expected error of depth: larger is less certain";
            case CONFIDENCE -> "confidence in depth: larger is more certain";
            case CLASS_SCORE -> "how strongly the model sees: " + map.name();
            case NORMAL -> "the surface’s direction: x, y, z of a unit vector";
            case POINTS -> COORDINATES.get(planes.getFirst());
        };
    }

    /** Least and greatest value, where the kind fixes them; else empty, and the values say. */
    List<Double> range() {
        return switch (drawing()) {
            case MASK -> List.of(0.0, 1.0);
            case NORMAL -> List.of(-1.0, 1.0);
            case VALUES -> List.of();
        };
    }
}
