/**
 * How to fix a mistake, as values. An exception carries a {@link fathom.raster.advice.Remedy}; the program that shows the
 * exception words it, because only that program knows its options and commands. {@link fathom.raster.advice.NearestNames}
 * finds what a mistyped name may have meant.
 *
 * <p>Banned here: names of command-line options, of commands and of screens.
 */
@NullMarked
package fathom.raster.advice;

import org.jspecify.annotations.NullMarked;
