package fathom.evaluation;

import fathom.raster.GreyImage;
import fathom.raster.Mask;

/**
 * The two 8-bit maps that a protocol compares, all [H, W].
 *
 * @param truth measured depth, 255 the farthest
 * @param prediction predicted depth, 255 the farthest
 * @param counted true where the two are compared
 */
public record ComparedMaps(GreyImage truth, GreyImage prediction, Mask counted) {}
