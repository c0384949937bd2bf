/**
 * MoGe-2: affine points, mask and normals to metric depth, with the focal length and shift solver of its authors.
 */
@NullMarked
package fathom.models.moge;

import org.jspecify.annotations.NullMarked;
