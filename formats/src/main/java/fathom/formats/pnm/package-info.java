/** PGM, PPM and PFM. */
@NullMarked
package fathom.formats.pnm;

import org.jspecify.annotations.NullMarked;
