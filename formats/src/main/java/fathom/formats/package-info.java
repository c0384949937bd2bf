/** Bytes to rasters and back. */
@NullMarked
package fathom.formats;

import org.jspecify.annotations.NullMarked;
