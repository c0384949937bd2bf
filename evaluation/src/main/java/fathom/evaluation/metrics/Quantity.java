package fathom.evaluation.metrics;

/** What a protocol compares. */
public enum Quantity {
    /** Depth in metres. */
    METRES("m", "1/km"),
    /** Levels of pictures of 8 or 16 bits. */
    LEVELS("levels", "1/levels"),
    /** Numbers without a unit. */
    NUMBERS("", "");

    private final String unit;
    private final String inverseUnit;

    Quantity(String unit, String inverseUnit) {
        this.unit = unit;
        this.inverseUnit = inverseUnit;
    }

    /** {@return the unit of the values} */
    public String unit() {
        return unit;
    }

    /** {@return the unit in which their inverse is reported} */
    public String inverseUnit() {
        return inverseUnit;
    }
}
