/**
 * PNG with 8 and 16 bits per sample: chunks, checksums, filters, interlacing. Reading is exact for 16-bit depth.
 */
@NullMarked
package fathom.formats.png;

import org.jspecify.annotations.NullMarked;
