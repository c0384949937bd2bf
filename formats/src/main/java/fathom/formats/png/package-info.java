/**
 * PNG with 1 to 16 bits per sample: chunks, checksums, filters, interlacing. Reading is exact for 16-bit depth maps.
 */
@NullMarked
package fathom.formats.png;

import org.jspecify.annotations.NullMarked;
