/**
 * Images, depth maps and cameras as plain values, the kernels that resize them, and the geometry that converts them to
 * points. Everything here is arrays and arithmetic on {@code java.base}: files, models, colours and metrics are in
 * other modules, and nothing here reads files, prints, logs or starts a thread.
 *
 * <p>Conventions: rows before columns, so a shape is written {@code [H, W]}; row 0 is the top, column 0 the left. The
 * centre of pixel {@code (row, column)} is at {@code (column + 0.5, row + 0.5)} for resampling and at {@code (column,
 * row)} for {@link fathom.raster.Intrinsics}, as datasets define theirs. RGB is interleaved 8-bit sRGB.
 */
@NullMarked
package fathom.raster;

import org.jspecify.annotations.NullMarked;
