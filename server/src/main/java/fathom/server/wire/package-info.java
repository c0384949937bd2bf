/**
 * What the server sends, as records: the shape of the JSON, whose TypeScript twin is {@code web/src/api/wire.ts}. Belongs:
 * plain values that a browser can take. Banned: rasters, paths, files, behaviour.
 */
@NullMarked
package fathom.server.wire;

import org.jspecify.annotations.NullMarked;
