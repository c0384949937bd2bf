import { flips, missingRgba, type Colormap, type MissingColour } from './colour';
import type { FloatMap } from './floatMap';
import { choiceOf, percentileRange, rangeGroup, union, widened, type Interval, type RangeChoice } from './range';
import type { Layer, Spread } from '../api/wire';

/** The shader's parameters: how values become colours. */
export interface Style {
  readonly colormap: Colormap;
  readonly range: Interval;
  readonly flip: boolean;
  readonly missing: readonly [number, number, number, number];
}

/** The user's colour settings, with the data of the dataset that they need. */
export interface Look {
  /** For depth. */
  readonly colormap: Colormap;
  /** For auxiliary maps. */
  readonly furtherColormap: Colormap;
  readonly reversed: boolean;
  readonly missing: MissingColour;
  readonly choices: Readonly<Record<string, RangeChoice>>;
  /** Range over the whole dataset, by group; missing while unknown. */
  readonly shared: ReadonlyMap<string, Interval>;
}

/** Returns the range of every group over the dataset: the union of its layers' 2nd to 98th percentiles. */
export function sharedRanges(
  layers: readonly Layer[],
  spreads: readonly (Spread | undefined)[],
): ReadonlyMap<string, Interval> {
  const found = new Map<string, Interval[]>();
  layers.forEach((layer, i) => {
    const spread = spreads[i];
    if (spread !== undefined && spread.maps > 0) {
      found.set(rangeGroup(layer), [...(found.get(rangeGroup(layer)) ?? []), spread]);
    }
  });
  return new Map([...found].map(([group, intervals]) => [group, widened(union(intervals)!)]));
}

const ownRanges = new WeakMap<FloatMap, { readonly interval: Interval | null }>();

function ownRange(map: FloatMap): Interval | null {
  let known = ownRanges.get(map);
  if (known === undefined) {
    known = { interval: percentileRange(map) };
    ownRanges.set(map, known);
  }
  return known.interval;
}

/** Returns the range for drawing one map of a layer; null while unknown. */
export function rangeOf(look: Look, layer: Layer, map: FloatMap | undefined): Interval | null {
  const fixed = layer.further?.range ?? [];
  if (fixed.length === 2) {
    return { low: fixed[0], high: fixed[1] };
  }
  const choice = choiceOf(look.choices, layer);
  switch (choice.mode) {
    case 'dataset':
      return look.shared.get(rangeGroup(layer)) ?? null;
    case 'map':
      return map === undefined ? null : ownRange(map);
    case 'fixed':
      return widened(choice.interval);
  }
}

/** Returns the colour scheme of a layer. */
export function colormapOf(look: Look, layer: Layer): Colormap {
  return layer.role === 'map' ? look.furtherColormap : look.colormap;
}

/** Returns the style for drawing one map of a layer; null while its range is unknown. */
export function styleOf(look: Look, layer: Layer, map: FloatMap): Style | null {
  const range = rangeOf(look, layer, map);
  return (
    range && {
      colormap: colormapOf(look, layer),
      range,
      flip: flips(layer.inverse, look.reversed),
      missing: missingRgba(look.missing),
    }
  );
}
