/**
 * The JSON responses of the server as records. {@code web/src/api/wire.ts} declares the same types in TypeScript. Contains
 * plain values only: no rasters, paths, files or behaviour.
 */
@NullMarked
package fathom.server.wire;

import org.jspecify.annotations.NullMarked;
