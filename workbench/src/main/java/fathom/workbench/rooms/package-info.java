/**
 * Sample scenes: furnished rooms that nobody photographed, drawn by a small ray tracer so that every pixel's depth is known
 * exactly, and written to disk as the RGB-D dataset SUN RGB-D lays itself out. {@link fathom.workbench.rooms.Rooms} is the
 * entrance; a seed decides everything, on any number of threads.
 *
 * <p>World axes: x right, y up, z into the room, metres. Camera axes are those of {@link fathom.raster.Intrinsics}. Colours
 * are linear light with the primaries of sRGB until the film turns them into a picture. Scene building uses
 * {@link StrictMath}, so that a room is the same on every machine. Nothing here reads pictures or knows about models.
 */
@NullMarked
package fathom.workbench.rooms;

import org.jspecify.annotations.NullMarked;
