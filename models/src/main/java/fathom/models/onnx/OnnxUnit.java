package fathom.models.onnx;

import java.util.LinkedHashMap;
import java.util.Map;

/** The unit of metric numbers. */
public enum OnnxUnit {
    /** Metres. */
    METRE("m", 1),
    /** Centimetres. */
    CENTIMETRE("cm", 0.01),
    /** Millimetres. */
    MILLIMETRE("mm", 0.001),
    /** Kilometres. */
    KILOMETRE("km", 1000),
    /** One over metres: inverse depth. */
    PER_METRE("1/m", 1);

    private final String label;
    private final double metres;

    OnnxUnit(String label, double metres) {
        this.label = label;
        this.metres = metres;
    }

    /** {@return the name that the user types} */
    public String label() {
        return label;
    }

    /** Converts {@code values} to metres in place; an inverse depth of 0 becomes infinite. */
    void toMetres(float[] values) {
        switch (this) {
            case METRE -> {
            }
            case CENTIMETRE, MILLIMETRE, KILOMETRE -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (values[i] * metres);
                }
            }
            case PER_METRE -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = 1 / values[i];
                }
            }
        }
    }

    /** Returns all units by label. */
    static Map<String, OnnxUnit> byLabel() {
        Map<String, OnnxUnit> units = new LinkedHashMap<>();
        for (OnnxUnit unit : values()) {
            units.put(unit.label, unit);
        }
        return units;
    }
}
