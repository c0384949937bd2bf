package fathom.evaluation.protocols;

import java.util.Optional;

import fathom.raster.Intrinsics;
import fathom.raster.resampling.Resampling;

/**
 * What a protocol may need to know about a sample besides its maps.
 *
 * @param kernel the kernel that the reference implementation of the model resizes with
 * @param intrinsics of the measured depth; empty if unknown
 */
public record ScoringContext(Resampling kernel, Optional<Intrinsics> intrinsics) {
    /** Bilinear resizing, no camera. */
    public static final ScoringContext DEFAULT = new ScoringContext(Resampling.TORCH_BILINEAR, Optional.empty());
}
