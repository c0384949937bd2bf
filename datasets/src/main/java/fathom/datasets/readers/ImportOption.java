package fathom.datasets.readers;

/** The parts of {@link ImportOptions} that a reader takes or refuses. How many scenes are taken, every reader knows. */
public enum ImportOption {
    /** The choice of raw or filled depth. */
    DEPTH_SOURCE("a choice of raw or filled depth"),
    /** How many units of the depth files make a metre. */
    SCALE("a scale"),
    /** The folder of the pictures. */
    RGB_FOLDER("a folder of pictures"),
    /** The folder of the depth maps. */
    DEPTH_FOLDER("a folder of depth maps"),
    /** A file with the camera of all scenes. */
    INTRINSICS("a camera file"),
    /** Which depths are trusted. */
    DEPTH_LIMITS("depth limits");

    private final String label;

    ImportOption(String label) {
        this.label = label;
    }

    /** What a message calls it. */
    public String label() {
        return label;
    }
}
