package fathom.raster;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * A map that a model outputs in addition to depth, such as an uncertainty or surface normals.
 *
 * <p>The code of the model states what the values mean. Nothing infers the meaning from the name later. A normal or a
 * point has three planes, which are named after their axes:
 *
 * {@snippet file="snippets/RasterSnippets.java" region="auxiliary"}
 *
 * @param name unique among the maps of one prediction, such as {@code uncertainty}
 * @param kind what the values are
 * @param unit unit of the values, {@code "m"} or empty
 * @param planes [H, W] each, all of one size: as many as {@link Kind#planes()}; not copied
 * @see Prediction
 */
public record AuxiliaryMap(String name, Kind kind, String unit, List<Plane> planes) {
    private static final List<String> AXES = List.of("_x", "_y", "_z");

    /** What the values of a map are. */
    public enum Kind {
        /** Values that only the name explains. */
        SCALAR(1),
        /** 1 where the model gives depth, 0 elsewhere; a fraction is a probability. */
        MASK(1),
        /** Expected error of depth, in the unit of depth; larger is less certain. */
        UNCERTAINTY(1),
        /** Confidence in depth, without a unit; larger is more certain. */
        CONFIDENCE(1),
        /** How strongly the model assigns a pixel to the class that the map is named after; larger is more likely. */
        CLASS_SCORE(1),
        /**
         * Unit vectors of the surface orientation: x right, y down, z away from the camera; 0 where there is no
         * surface.
         */
        NORMAL(3),
        /** Coordinates of the visible points in the camera frame: x right, y down, z away from the camera. */
        POINTS(3);

        private final int planes;

        Kind(int planes) {
            this.planes = planes;
        }

        /** {@return the number of planes that a map of this kind has, 1 or 3} */
        public int planes() {
            return planes;
        }

        /** {@return the name that datasets store, such as {@code class-score}} */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /**
         * {@return the kind whose {@link #label()} is {@code label}}
         *
         * @param label the label
         * @throws IllegalArgumentException if there is none
         */
        public static Kind ofLabel(String label) {
            for (Kind kind : values()) {
                if (kind.label().equals(label)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("kind of map: expected one of "
                    + String.join(", ", List.of(values()).stream().map(Kind::label).toList()) + ", found \"" + label
                    + "\"");
        }
    }

    /**
     * Validates the map.
     *
     * @throws IllegalArgumentException if the name is blank, or the number or the size of the planes is wrong
     */
    public AuxiliaryMap {
        planes = List.copyOf(planes);
        if (name.isBlank()) {
            throw new IllegalArgumentException("name: expected the name of a map, found none");
        }
        if (planes.size() != kind.planes()) {
            throw new IllegalArgumentException("planes: expected " + kind.planes() + " for a map of kind "
                    + kind.label() + ", found " + planes.size());
        }
        for (Plane plane : planes) {
            plane.requireSameShape("planes of " + name, planes.getFirst());
        }
    }

    /**
     * {@return a map of one plane}
     *
     * @param name unique among the maps of one prediction
     * @param kind what the values are
     * @param unit unit of the values, {@code "m"} or empty
     * @param plane the values, [H, W]
     */
    public static AuxiliaryMap of(String name, Kind kind, String unit, Plane plane) {
        return new AuxiliaryMap(name, kind, unit, List.of(plane));
    }

    /** {@return the plane of a map that has one, or the first plane of a map that has three} */
    public Plane plane() {
        return planes.getFirst();
    }

    /**
     * {@return the planes by name: the name of the map for one plane, with {@code _x}, {@code _y}, {@code _z} appended
     * for three}
     */
    public SequencedMap<String, Plane> components() {
        SequencedMap<String, Plane> components = new LinkedHashMap<>();
        List<String> names = componentNames(name, kind);
        for (int i = 0; i < planes.size(); i++) {
            components.put(names.get(i), planes.get(i));
        }
        return Collections.unmodifiableSequencedMap(components);
    }

    /**
     * {@return the names of {@link #components()} of a map called {@code name} of {@code kind}}
     *
     * @param name unique among the maps of one prediction
     * @param kind what the values are
     */
    public static List<String> componentNames(String name, Kind kind) {
        return kind.planes() == 1 ? List.of(name) : AXES.stream().map(axis -> name + axis).toList();
    }
}
