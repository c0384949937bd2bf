import type { FloatMap } from './floatMap';
import type { Layer } from '../api/wire';

/** Values from `low` (first colour) to `high` (last colour). */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Where the range of the colours comes from: the whole dataset, each map, or user input. */
export type RangeChoice =
  { readonly mode: 'dataset' } | { readonly mode: 'map' } | { readonly mode: 'fixed'; readonly interval: Interval };

/**
 * Returns the group of layers that share one range: all depth in metres, so that colours are comparable. Every other layer
 * and every auxiliary map is a group.
 */
export function rangeGroup(layer: Layer): string {
  return layer.unit === '' || layer.role === 'map' ? layer.name : layer.unit;
}

/** Returns whether the range is selectable: not if the meaning fixes it, as for a mask. */
export function hasRange({ further }: Layer): boolean {
  return further === null || further.range.length === 0;
}

/** Returns the user's choice. Default: the dataset's range for depth, each map's range for auxiliary maps. */
export function choiceOf(choices: Readonly<Record<string, RangeChoice>>, layer: Layer): RangeChoice {
  return choices[rangeGroup(layer)] ?? { mode: layer.role === 'map' ? 'map' : 'dataset' };
}

const MAX_SORTED = 16384;

/** The 2nd and 98th percentile of the finite values, of at most 16,384 evenly spaced values; null if none is finite. */
export function percentileRange(map: FloatMap): Interval | null {
  const { values } = map;
  const step = Math.max(1, Math.floor(values.length / MAX_SORTED));
  const chosen = new Float32Array(Math.ceil(values.length / step));
  let count = 0;
  for (let i = 0; i < values.length; i += step) {
    const value = values[i]!;
    if (Number.isFinite(value)) {
      chosen[count++] = value;
    }
  }
  if (count === 0) {
    return null;
  }
  const sorted = chosen.subarray(0, count).sort();
  return widened({ low: quantile(sorted, 0.02), high: quantile(sorted, 0.98) });
}

function quantile(sorted: Float32Array, q: number): number {
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (at - below);
}

/** Returns the interval, widened if it is empty so that a constant map has a colour. */
export function widened({ low, high }: Interval): Interval {
  if (high > low) {
    return { low, high };
  }
  const half = Math.max(Math.abs(low) * 0.01, 1e-6);
  return { low: low - half, high: low + half };
}

/** Returns the smallest interval that contains all of them; null if there are none. */
export function union(intervals: readonly Interval[]): Interval | null {
  if (intervals.length === 0) {
    return null;
  }
  return {
    low: Math.min(...intervals.map((each) => each.low)),
    high: Math.max(...intervals.map((each) => each.high)),
  };
}
