package fathom.datasets.readers;

/** The measured depth map of a scene that becomes the ground truth, for datasets that have two. */
public enum DepthSource {
    /** The depth of the sensor, with holes. */
    RAW,
    /** The depth after the authors of the dataset filled its holes. */
    FILLED
}
