package fathom.models.architectures;

/** Cells of a feature map: rows, then columns. */
record Grid(int height, int width) {
    /** Number of cells. */
    int cells() {
        return height * width;
    }
}
