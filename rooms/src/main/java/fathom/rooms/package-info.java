/**
 * Sample scenes: furnished rooms drawn by a small ray tracer, so that the depth of every pixel is known exactly,
 * written to disk in the layout of SUN RGB-D. {@link fathom.rooms.Rooms} is the entry point. A seed decides
 * everything, on any number of threads.
 *
 * <p>World axes: x right, y up, z into the room, metres. Camera axes are those of {@link fathom.raster.Intrinsics}.
 * Colors are linear light with the primaries of sRGB until the film turns them into a picture. Scene building uses
 * {@link StrictMath}, so a room is the same on every machine.
 */
@NullMarked
package fathom.rooms;

import org.jspecify.annotations.NullMarked;
