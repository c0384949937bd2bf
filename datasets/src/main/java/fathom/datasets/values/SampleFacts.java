package fathom.datasets.values;

import java.util.Optional;

import fathom.raster.Intrinsics;

/** What a sample's own row says. */
public record SampleFacts(String name, int height, int width, Optional<Intrinsics> intrinsics) {}
