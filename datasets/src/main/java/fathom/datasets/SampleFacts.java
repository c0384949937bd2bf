package fathom.datasets;

import java.util.Optional;

import fathom.raster.Intrinsics;

/** What a sample's own row says. */
record SampleFacts(String name, int height, int width, Optional<Intrinsics> intrinsics) {}
