/** Point clouds as binary PLY. */
@NullMarked
package fathom.formats.ply;

import org.jspecify.annotations.NullMarked;
