/**
 * Sample scenes: furnished rooms rendered by a small ray tracer, so that the depth of every pixel is known exactly, and
 * written in the layout of SUN RGB-D. {@link fathom.rooms.Rooms} is the entry point. A seed determines everything, for
 * any number of threads.
 *
 * <p>World axes: x right, y up, z into the room, metres. Camera axes are those of {@link fathom.raster.Intrinsics}.
 * Colours are linear light with the primaries of sRGB until the film converts them to an image. Scene building uses
 * {@link StrictMath}, so a room is the same on every machine.
 */
@NullMarked
package fathom.rooms;

import org.jspecify.annotations.NullMarked;
