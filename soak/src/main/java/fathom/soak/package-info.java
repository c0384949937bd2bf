/** Long tests that are not part of the product: changed files for every reader, fuzz targets, and killed processes. */
@NullMarked
package fathom.soak;

import org.jspecify.annotations.NullMarked;
