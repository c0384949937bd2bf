package fathom.formats.images;

import java.nio.ByteOrder;
import java.util.Optional;

import fathom.formats.ImageOptions;

/**
 * What a file of numbers leaves open.
 *
 * @param pnmOrder the byte order of 16-bit PGM and PPM; see {@link ImageOptions#pnmOrder}
 * @param array the name of the array to read from an NPZ file; empty if it has one map
 */
public record ReadOptions(ByteOrder pnmOrder, Optional<String> array) {
    /** PGM as specified, and the only map of an NPZ file. */
    public static final ReadOptions DEFAULT = new ReadOptions(ByteOrder.BIG_ENDIAN, Optional.empty());

    private static final String LITTLE = ";little-endian";
    private static final String ARRAY = ";array:";

    /** {@return the options for images} */
    public ImageOptions image() {
        return ImageOptions.DEFAULT.withPnmOrder(pnmOrder);
    }

    /** {@return the text that {@link #ofLabel} reads; empty for the default} Datasets store it. */
    public String label() {
        return (pnmOrder == ByteOrder.LITTLE_ENDIAN ? LITTLE : "") + array.map(name -> ARRAY + name).orElse("");
    }

    /**
     * {@return the options at the end of a text}
     *
     * @param text any text that ends with a {@link #label}
     */
    public static ReadOptions ofLabel(String text) {
        int array = text.indexOf(ARRAY);
        String start = array < 0 ? text : text.substring(0, array);
        return new ReadOptions(start.endsWith(LITTLE) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN,
                array < 0 ? Optional.empty() : Optional.of(text.substring(array + ARRAY.length())));
    }
}
