/** Checkpoints, architectures, pre- and postprocessing, the catalogue. */
@NullMarked
package fathom.models;

import org.jspecify.annotations.NullMarked;
