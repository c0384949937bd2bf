/**
 * Resizing kernels that reproduce PyTorch, Pillow and OpenCV bit for bit or to float32 rounding, for float planes and
 * for 8-bit RGB images. Pixel centres are at +0.5. Each kernel names the library and the source file whose rounding it
 * reproduces.
 */
@NullMarked
package fathom.raster.resampling;

import org.jspecify.annotations.NullMarked;
