/** Toolkits whose numbers are pixelwise, each by the built-in protocol of its name. */
@NullMarked
package fathom.evaluation.parity.toolkits;

import org.jspecify.annotations.NullMarked;
