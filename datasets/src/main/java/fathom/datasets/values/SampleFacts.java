package fathom.datasets.values;

import java.util.Optional;

import fathom.raster.Intrinsics;

/**
 * The properties of a sample that its row in the index contains.
 *
 * @param name the name, unique within the dataset
 * @param height the number of rows of the picture
 * @param width the number of columns of the picture
 * @param intrinsics the camera; empty if unknown
 */
public record SampleFacts(String name, int height, int width, Optional<Intrinsics> intrinsics) {}
