package fathom.datasets.values;

/** The types of {@link Field}. */
public enum FieldType {
    /** A {@link Field.RgbField}. */
    RGB,
    /** A {@link Field.MeasuredDepthField}. */
    MEASURED,
    /** A {@link Field.PredictionField}. */
    PREDICTION
}
