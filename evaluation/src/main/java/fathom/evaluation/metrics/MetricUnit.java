package fathom.evaluation.metrics;

/** The rule for the unit of a metric: it depends on the unit of the values that a protocol compares. */
public enum MetricUnit {
    /** No unit: ratios, shares, logarithms. */
    NONE(""),
    /** The unit of the compared values, for example metres. */
    VALUES(""),
    /** The inverse of the compared values; 1/km if these are metres. */
    INVERSE(""),
    /** Decibels. */
    DECIBELS("dB"),
    /** Hundredths. */
    PERCENT("%"),
    /** Degrees of an angle. */
    DEGREES("°"),
    /** Pixels of the truth. */
    PIXELS("px"),
    /** Centimetres. */
    CENTIMETRES("cm"),
    /** Metres, whatever is compared. */
    METRES("m");

    private final String symbol;

    MetricUnit(String symbol) {
        this.symbol = symbol;
    }

    /**
     * {@return the symbol of the unit, empty if there is none}
     *
     * @param compared what the protocol compares
     */
    public String symbol(Quantity compared) {
        return switch (this) {
            case VALUES -> compared.unit();
            case INVERSE -> compared.inverseUnit();
            case NONE, DECIBELS, PERCENT, DEGREES, PIXELS, CENTIMETRES, METRES -> symbol;
        };
    }
}
