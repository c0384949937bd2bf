package fathom.evaluation.ordinal;

/** Which of two points is nearer to the camera. */
public enum OrdinalRelation {
    /** The first point is nearer. */
    FIRST_NEARER,
    /** The second point is nearer. */
    SECOND_NEARER,
    /** Neither is nearer. */
    EQUAL;

    /** {@return the relation of the same points in the other order} */
    public OrdinalRelation swapped() {
        return switch (this) {
            case FIRST_NEARER -> SECOND_NEARER;
            case SECOND_NEARER -> FIRST_NEARER;
            case EQUAL -> EQUAL;
        };
    }
}
