import type { Vector } from './floatMap';
import type { Interval } from './range';
import type { ColormapTable } from '../api/wire';

/** 256 colours, red, green, blue, one byte each. */
export interface Colormap {
  readonly name: string;
  readonly table: Uint8Array<ArrayBuffer>;
}

/** How missing values are drawn: transparent, or in a colour (`#rrggbb`). */
export type MissingColour = 'transparent' | `#${string}`;

export function parseColormap({ name, colours }: ColormapTable): Colormap {
  if (!/^([0-9a-f]{6}){256}$/i.test(colours)) {
    throw new Error(
      `colour scheme ${name}: expected 256 colours of 6 hexadecimal digits, found ${colours.length} characters`,
    );
  }
  const table = new Uint8Array(256 * 3);
  for (let i = 0; i < table.length; i++) {
    table[i] = parseInt(colours.slice(2 * i, 2 * i + 2), 16);
  }
  return { name, table };
}

/**
 * Returns the table index of a value: its position in the range times 256, rounded down; values outside use the end colours.
 * The shader computes the same. `flip` reverses the colours.
 */
export function colourIndex(value: number, { low, high }: Interval, flip: boolean): number {
  const share = Math.min(Math.max((value - low) / (high - low), 0), 1);
  return Math.min(255, Math.floor((flip ? 1 - share : share) * 256));
}

export function colourOf(colormap: Colormap, value: number, range: Interval, flip: boolean): string {
  const at = 3 * colourIndex(value, range, flip);
  return `rgb(${colormap.table[at]} ${colormap.table[at + 1]} ${colormap.table[at + 2]})`;
}

/** Returns a CSS gradient from left to right with 33 of the colours. */
export function cssGradient(colormap: Colormap, flip: boolean, direction = 'to right'): string {
  const stops: string[] = [];
  for (let i = 0; i <= 32; i++) {
    stops.push(colourOf(colormap, i / 32, { low: 0, high: 1 }, flip));
  }
  return `linear-gradient(${direction}, ${stops.join(', ')})`;
}

/** Returns the colour of a unit vector: (n + 1) / 2 as red, green and blue. The shader computes the same. */
export function normalColour(normal: Vector): string {
  const [red, green, blue] = normal.map((part) => Math.round(Math.min(Math.max((part + 1) / 2, 0), 1) * 255));
  return `rgb(${red} ${green} ${blue})`;
}

/** Returns red, green, blue and alpha of missing values, each in [0, 1]. */
export function missingRgba(missing: MissingColour): readonly [number, number, number, number] {
  if (missing === 'transparent') {
    return [0, 0, 0, 0];
  }
  const at = (from: number) => parseInt(missing.slice(from, from + 2), 16) / 255;
  return [at(1), at(3), at(5), 1];
}

/** Returns whether to reverse a layer's colours: inverse depth is reversed so that one end of the scheme means far in every layer. */
export function flips(inverse: boolean, reversed: boolean): boolean {
  return inverse !== reversed;
}
