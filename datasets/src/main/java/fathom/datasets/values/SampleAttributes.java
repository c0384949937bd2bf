package fathom.datasets.values;

import java.util.Map;

/** The keys and values of attributes that an import stores with a sample. They are stored in datasets and must not change. */
public final class SampleAttributes {
    /** The label of the rule that assigned the measured depth to the picture. */
    public static final String PAIR_RULE = "pair rule";
    /** The difference of the timestamps of the picture and the measured depth, seconds. */
    public static final String PAIR_SECONDS = "pair seconds";

    private SampleAttributes() {}

    /**
     * Returns the key of the size of a measured depth map that has another size than the picture.
     *
     * @param field the field of measured depth
     * @return the key; its value is the {@link #size}
     */
    public static String sizeKey(String field) {
        return field + " size";
    }

    /**
     * Returns the text of a size.
     *
     * @param height the number of rows
     * @param width the number of columns
     * @return the text, such as {@code 640x480} for 640 columns
     */
    public static String size(int height, int width) {
        return width + "x" + height;
    }

    /**
     * Returns the size of a measured depth map.
     *
     * @param attributes the attributes of the sample
     * @param field the field of measured depth
     * @param height the number of rows of the picture
     * @param width the number of columns of the picture
     * @return the text of the stored size; that of the picture if none is stored
     */
    public static String sizeOf(Map<String, String> attributes, String field, int height, int width) {
        return attributes.getOrDefault(sizeKey(field), size(height, width));
    }
}
