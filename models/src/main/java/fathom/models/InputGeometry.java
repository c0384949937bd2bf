package fathom.models;

/**
 * The sizes that a result is read with, pixels.
 *
 * @param imageHeight rows of the picture
 * @param imageWidth columns of the picture
 * @param inputHeight rows that the network was fed
 * @param inputWidth columns that the network was fed
 */
public record InputGeometry(int imageHeight, int imageWidth, int inputHeight, int inputWidth) {}
