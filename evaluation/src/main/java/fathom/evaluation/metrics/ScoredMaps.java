package fathom.evaluation.metrics;

import java.util.Optional;

import fathom.raster.Intrinsics;
import fathom.raster.Mask;
import fathom.raster.Plane;

/**
 * Exactly what a protocol compares: both maps after resizing, alignment, clipping and cropping, each [H, W] in metres.
 *
 * @param truth measured depth
 * @param prediction predicted depth; not meaningful where {@code counted} is false
 * @param counted true for the pixels that are compared
 * @param fit the alignment; empty if there was none
 * @param intrinsics of the truth; empty if unknown
 */
public record ScoredMaps(Plane truth, Plane prediction, Mask counted, Optional<Fit> fit,
        Optional<Intrinsics> intrinsics) {}
