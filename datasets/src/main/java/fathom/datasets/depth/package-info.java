/** Encodings of measured depth in files, and the decoding to metres and a validity mask. */
@NullMarked
package fathom.datasets.depth;

import org.jspecify.annotations.NullMarked;
