package fathom.datasets.readers;

/** The rule that assigned a depth map to a picture, in the order in which the rules are tried. */
public enum PairRule {
    /** The two are the files of one scene folder. */
    SCENE_FOLDER("scene-folder", "files of one scene folder"),
    /** A file such as {@code associations.txt} lists the pair. */
    LISTED("listed", "listed in the association file of the source"),
    /** The paths below their folders are equal except for the extension. */
    EQUAL_NAMES("equal-names", "equal names"),
    /**
     * The paths are equal except for letter case, the form of Unicode, leading zeros, separators, and words such as rgb
     * and depth.
     */
    SIMILAR_NAMES("similar-names",
            "names that are equal except for letter case, Unicode form, leading zeros and words such as rgb and depth"),
    /** The timestamps are nearest to each other and within the limit. */
    TIMESTAMPS("timestamps", "nearest timestamps"),
    /** Both have the same position in sorted order. */
    SORTED_ORDER("sorted-order", "sorted order, because the names do not tell which belong together");

    private final String label;
    private final String text;

    PairRule(String label, String text) {
        this.label = label;
        this.text = text;
    }

    /** {@return the label that datasets store} */
    public String label() {
        return label;
    }

    /** {@return the description of the rule for display, to follow "matched by"} */
    public String text() {
        return text;
    }
}
