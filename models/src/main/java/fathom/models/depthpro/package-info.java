/** Depth Pro: tiles at three scales, the field-of-view head, and inverse depth to metres. */
@NullMarked
package fathom.models.depthpro;

import org.jspecify.annotations.NullMarked;
