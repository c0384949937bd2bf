package fathom.datasets.values;

/** The kinds of {@link Field}. */
public enum FieldType {
    /** {@link Field.RgbField}. */
    RGB,
    /** {@link Field.MeasuredDepthField}. */
    MEASURED,
    /** {@link Field.PredictionField}. */
    PREDICTION
}
