package fathom.models.backbones;

/**
 * The size of a feature map.
 *
 * @param height rows
 * @param width columns
 */
public record Grid(int height, int width) {
    /** {@return the number of cells} */
    public int cells() {
        return height * width;
    }
}
