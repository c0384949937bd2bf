/** PGM, PPM and PFM images. */
@NullMarked
package fathom.formats.pnm;

import org.jspecify.annotations.NullMarked;
