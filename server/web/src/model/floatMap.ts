/**
 * Raw values of one map, [height, width] or [height, width, 3], row by row; NaN if there is no value.
 * Immutable.
 */
export interface FloatMap {
  readonly width: number;
  readonly height: number;
  /** 1 for values, 3 for vectors with interleaved components. */
  readonly channels: 1 | 3;
  readonly values: Float32Array<ArrayBuffer>;
}

export type Vector = readonly [number, number, number];

/** Returns the value of the nearest pixel; (x, y) is in [0, 1) from the top left corner. NaN outside. */
export function valueAt(map: FloatMap, x: number, y: number): number {
  return map.values[placeAt(map, x, y)] ?? NaN;
}

/** Returns the vector of the nearest pixel; null outside the picture and if the vector is missing or zero. */
export function vectorAt(map: FloatMap, x: number, y: number): Vector | null {
  const at = placeAt(map, x, y);
  const vector: Vector = [map.values[at] ?? NaN, map.values[at + 1] ?? NaN, map.values[at + 2] ?? NaN];
  return isVector(vector) ? vector : null;
}

/** Returns whether the vector is finite and not zero; models return zero vectors for missing pixels. */
export function isVector([x, y, z]: Vector): boolean {
  const length = Math.abs(x) + Math.abs(y) + Math.abs(z);
  return Number.isFinite(length) && length > 0;
}

function placeAt({ width, height, channels }: FloatMap, x: number, y: number): number {
  if (!(x >= 0 && x < 1 && y >= 0 && y < 1)) {
    return -1;
  }
  return (Math.floor(y * height) * width + Math.floor(x * width)) * channels;
}

/** Checks a body of little-endian float32 against the size that the server states. */
export function decodeFloatMap(body: ArrayBuffer, width: number, height: number, channels: number): FloatMap {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new Error(`map: expected a width and height of at least 1, found ${width} × ${height}`);
  }
  if (channels !== 1 && channels !== 3) {
    throw new Error(`map: expected 1 or 3 channels, found ${channels}`);
  }
  const size = channels === 1 ? `${width} × ${height}` : `${width} × ${height} × ${channels}`;
  if (body.byteLength !== width * height * channels * 4) {
    throw new Error(`map: expected ${width * height * channels * 4} bytes for ${size}, found ${body.byteLength}`);
  }
  return { width, height, channels, values: new Float32Array(body) };
}

/** The state of loading a map; both are unset while it is loading and if there is none. */
export interface LoadedMap {
  readonly map: FloatMap | undefined;
  readonly error: Error | null;
}
