package fathom.models;

/**
 * The sizes that are needed to interpret an output, pixels.
 *
 * @param imageHeight rows of the picture
 * @param imageWidth columns of the picture
 * @param inputHeight rows of the network's input
 * @param inputWidth columns of the network's input
 */
public record InputGeometry(int imageHeight, int imageWidth, int inputHeight, int inputWidth) {}
