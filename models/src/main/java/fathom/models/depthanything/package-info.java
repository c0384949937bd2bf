/** Depth Anything 1, 2 and 3, and the weight files of their authors. */
@NullMarked
package fathom.models.depthanything;

import org.jspecify.annotations.NullMarked;
