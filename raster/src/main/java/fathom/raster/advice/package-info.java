/**
 * Fixes for mistakes, as values. An exception carries a {@link fathom.raster.advice.Remedy}. The program that displays
 * the exception words the remedy, because only that program knows its options and commands.
 * {@link fathom.raster.advice.NearestNames} suggests corrections of a mistyped name.
 *
 * <p>Not allowed here: names of command-line options, of commands and of screens.
 */
@NullMarked
package fathom.raster.advice;

import org.jspecify.annotations.NullMarked;
