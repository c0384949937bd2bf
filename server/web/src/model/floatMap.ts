/** Raw values of one map, [height, width] row by row; NaN where there is none. Owned by whoever fetched it: never written to. */
export interface FloatMap {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array<ArrayBuffer>;
}

/** The value under a point of the picture, nearest pixel; (x, y) in [0, 1) from the top left corner. NaN outside. */
export function valueAt(map: FloatMap, x: number, y: number): number {
  if (!(x >= 0 && x < 1 && y >= 0 && y < 1)) {
    return NaN;
  }
  const column = Math.floor(x * map.width);
  const row = Math.floor(y * map.height);
  return map.values[row * map.width + column] ?? NaN;
}

/** Checks a body of little-endian float32 against the size that the server states. */
export function decodeFloatMap(body: ArrayBuffer, width: number, height: number): FloatMap {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new Error(`map: expected a width and height of at least 1, found ${width} × ${height}`);
  }
  if (body.byteLength !== width * height * 4) {
    throw new Error(`map: expected ${width * height * 4} bytes for ${width} × ${height}, found ${body.byteLength}`);
  }
  return { width, height, values: new Float32Array(body) };
}
