package fathom.evaluation.pages;

import java.util.Base64;

/**
 * A small picture of a page, stored in the page.
 *
 * @param label what it shows
 * @param address a {@code data:} address of a PNG or JPEG picture
 * @param height number of rows, pixels
 * @param width number of columns, pixels
 */
public record PagePicture(String label, String address, int height, int width) {
    private static final String ADDRESS = "data:image/(png|jpeg);base64,[A-Za-z0-9+/=]+";

    /**
     * Validates the address.
     *
     * @throws IllegalArgumentException if it is not a {@code data:} address of a picture
     */
    public PagePicture {
        if (!address.matches(ADDRESS)) {
            throw new IllegalArgumentException("address: expected the data of a PNG or JPEG picture");
        }
    }

    /**
     * {@return a picture from the bytes of a PNG file}
     *
     * @param label what it shows
     * @param png the bytes
     * @param height number of rows, pixels
     * @param width number of columns, pixels
     */
    public static PagePicture ofPng(String label, byte[] png, int height, int width) {
        return new PagePicture(label, "data:image/png;base64," + Base64.getEncoder().encodeToString(png), height,
                width);
    }

    /**
     * {@return a picture from the bytes of a JPEG file}
     *
     * @param label what it shows
     * @param jpeg the bytes
     * @param height number of rows, pixels
     * @param width number of columns, pixels
     */
    public static PagePicture ofJpeg(String label, byte[] jpeg, int height, int width) {
        return new PagePicture(label, "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg), height,
                width);
    }
}
