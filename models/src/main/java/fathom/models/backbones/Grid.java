package fathom.models.backbones;

/** Cells of a feature map: rows, then columns. */
public record Grid(int height, int width) {
    /** Number of cells. */
    public int cells() {
        return height * width;
    }
}
