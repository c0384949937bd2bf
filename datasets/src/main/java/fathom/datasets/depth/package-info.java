/** How measured depth is encoded in files, and the decoding to metres and a mask. */
@NullMarked
package fathom.datasets.depth;

import org.jspecify.annotations.NullMarked;
