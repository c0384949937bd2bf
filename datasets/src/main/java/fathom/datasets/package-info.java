/** Samples, fields and the store. */
@NullMarked
package fathom.datasets;

import org.jspecify.annotations.NullMarked;
