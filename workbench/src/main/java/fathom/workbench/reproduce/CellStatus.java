package fathom.workbench.reproduce;

/** How a published score compares with the score computed here. */
public enum CellStatus {
    /** The difference is within the tolerance of the cell. */
    MATCH("match"),
    /** The difference is larger than the tolerance. */
    OFF("off"),
    /** No score was computed, because the weights or the data are not on this machine. */
    NOT_RUN("not run here"),
    /** No score was computed, because the data may be used only after accepting terms. */
    BLOCKED("blocked: data licence");

    private final String label;

    CellStatus(String label) {
        this.label = label;
    }

    /** {@return the words of tables and JSON} */
    public String label() {
        return label;
    }

    /**
     * {@return the status with that {@link #label()}}
     *
     * @param label the words
     * @throws IllegalArgumentException if there is none
     */
    public static CellStatus ofLabel(String label) {
        for (CellStatus status : values()) {
            if (status.label.equals(label)) {
                return status;
            }
        }
        throw new IllegalArgumentException(
                "status: expected match, off, not run here, or blocked: data licence, found \"" + label + "\"");
    }
}
