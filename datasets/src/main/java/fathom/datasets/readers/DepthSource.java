package fathom.datasets.readers;

/** Which of a scene's measured depth maps is taken as the truth. */
public enum DepthSource {
    /** As the sensor gave it, with holes. */
    RAW,
    /** With its holes filled by the dataset's authors. */
    FILLED
}
