package fathom.datasets.readers;

/**
 * The parts of {@link ImportOptions} that a reader accepts or rejects. Every reader accepts a limit of the number of
 * scenes.
 */
public enum ImportOption {
    /** The choice of raw or filled depth. */
    DEPTH_SOURCE("a choice of raw or filled depth"),
    /** The number of units per metre in the depth files. */
    SCALE("a scale"),
    /** The folder that contains the pictures. */
    RGB_FOLDER("a folder of pictures"),
    /** The folder that contains the depth maps. */
    DEPTH_FOLDER("a folder of depth maps"),
    /** A file with the camera of all scenes. */
    INTRINSICS("a camera file"),
    /** The range of valid depths. */
    DEPTH_LIMITS("depth limits"),
    /** Numbers in the depth files that mean "no measurement". */
    MISSING("codes for missing depth"),
    /** The largest difference of the timestamps of a pair. */
    TIME_LIMIT("a limit of time differences"),
    /** The byte order of the depth files, or the name of the array in them. */
    READING("a byte order or the name of an array");

    private final String label;

    ImportOption(String label) {
        this.label = label;
    }

    /** {@return the name of the option in messages} */
    public String label() {
        return label;
    }
}
