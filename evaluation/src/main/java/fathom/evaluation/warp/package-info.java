/** Changes of the camera of a picture and its measured depth. */
@NullMarked
package fathom.evaluation.warp;

import org.jspecify.annotations.NullMarked;
