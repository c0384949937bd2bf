import type { MissingColour } from '../model/colour';
import type { Arrangement } from '../model/layers';
import type { Interval, RangeChoice } from '../model/range';
import type { Sort } from '../model/selection';
import { WHOLE, type Viewport } from '../model/viewport';

/** Everything that determines what is visible: a link restores it. */
export interface Screen {
  readonly dataset: string | null;
  /** The open sample, or null for the grid. */
  readonly sample: string | null;
  /** Layers from bottom to top; null for the dataset's default. */
  readonly visible: readonly string[] | null;
  /** Opacity of the layers that are not fully opaque. */
  readonly opacity: Readonly<Record<string, number>>;
  /** Colour scheme of depth. */
  readonly colormap: string;
  /** Colour scheme of auxiliary maps. */
  readonly furtherColormap: string;
  readonly reversed: boolean;
  readonly missing: MissingColour;
  /** Range of each group of layers that has a user-defined one. */
  readonly ranges: Readonly<Record<string, RangeChoice>>;
  readonly filters: Readonly<Record<string, Interval>>;
  readonly sort: Sort | null;
  /** Width of a tile of the grid, pixels. */
  readonly tile: number;
  readonly arrangement: Arrangement;
  readonly view: Viewport;
}

export const TILE_WIDTHS = { min: 120, initial: 220, max: 480 } as const;

export const FIRST_SCREEN: Screen = {
  dataset: null,
  sample: null,
  visible: null,
  opacity: {},
  colormap: 'viridis',
  furtherColormap: 'viridis',
  reversed: false,
  missing: 'transparent',
  ranges: {},
  filters: {},
  sort: null,
  tile: TILE_WIDTHS.initial,
  arrangement: 'stack',
  view: WHOLE,
};

/** Returns the address of a screen: dataset and sample in the path, non-default properties as parameters. */
export function toLink(screen: Screen): string {
  const parameters = new URLSearchParams();
  const put = (name: string, value: string | null) => {
    if (value !== null && value !== '') {
      parameters.set(name, value);
    }
  };
  put('layers', screen.visible === null ? null : screen.visible.length === 0 ? '-' : list(screen.visible));
  put(
    'opacity',
    pairs(screen.opacity, (value) => (value < 1 ? plain(value) : null)),
  );
  put('colours', screen.colormap === FIRST_SCREEN.colormap ? null : screen.colormap);
  put('mapcolours', screen.furtherColormap === FIRST_SCREEN.furtherColormap ? null : screen.furtherColormap);
  put('reversed', screen.reversed ? '1' : null);
  put('missing', screen.missing === 'transparent' ? null : screen.missing.slice(1));
  put(
    'range',
    pairs(screen.ranges, (choice) => {
      switch (choice.mode) {
        case 'dataset':
        case 'map':
          return choice.mode;
        case 'fixed':
          return span(choice.interval);
      }
    }),
  );
  put('filter', pairs(screen.filters, span));
  put(
    'sort',
    screen.sort === null ? null : (screen.sort.descending ? '-' : '') + encodeURIComponent(screen.sort.column),
  );
  put('tile', screen.tile === FIRST_SCREEN.tile ? null : plain(screen.tile));
  put('panes', screen.arrangement === 'stack' ? null : screen.arrangement);
  if (screen.sample !== null && screen.view.zoom !== 1) {
    put('view', [screen.view.zoom, screen.view.x, screen.view.y].map(plain).join(','));
  }
  const query = parameters.toString();
  return path(screen) + (query === '' ? '' : `?${query}`);
}

function path({ dataset, sample }: Screen): string {
  if (dataset === null) {
    return '/';
  }
  const start = `/datasets/${encodeURIComponent(dataset)}`;
  return sample === null ? start : `${start}/samples/${encodeURIComponent(sample)}`;
}

/** Parses an address; invalid parameters are ignored. */
export function fromLink(pathname: string, search: string): Screen {
  const [, root, dataset, branch, sample] = pathname.split('/');
  const parameters = new URLSearchParams(search);
  const get = (name: string) => parameters.get(name);
  const layers = get('layers');
  const missing = get('missing');
  const sort = get('sort');
  const tile = Number(get('tile') ?? NaN);
  const descending = sort?.startsWith('-') ?? false;
  return {
    dataset: root === 'datasets' && dataset ? decode(dataset) : null,
    sample: root === 'datasets' && branch === 'samples' && sample ? decode(sample) : null,
    visible: layers === null ? null : layers === '-' ? [] : layers.split(',').map(decode),
    opacity: entries(get('opacity'), (text) => between(Number(text), 0, 1)),
    colormap: get('colours') ?? FIRST_SCREEN.colormap,
    furtherColormap: get('mapcolours') ?? FIRST_SCREEN.furtherColormap,
    reversed: get('reversed') === '1',
    missing: missing !== null && /^[0-9a-f]{6}$/i.test(missing) ? `#${missing}` : 'transparent',
    ranges: entries<RangeChoice>(get('range'), (text) => {
      if (text === 'map' || text === 'dataset') {
        return { mode: text };
      }
      const interval = unspan(text);
      return interval === null ? null : { mode: 'fixed', interval };
    }),
    filters: entries(get('filter'), unspan),
    sort: sort === null ? null : { column: decode(sort.slice(descending ? 1 : 0)), descending },
    tile: between(tile, TILE_WIDTHS.min, TILE_WIDTHS.max) ?? FIRST_SCREEN.tile,
    arrangement: get('panes') === 'side' ? 'side' : 'stack',
    view: viewport(get('view')),
  };
}

function list(names: readonly string[]): string {
  return names.map(encodeURIComponent).join(',');
}

function pairs<T>(record: Readonly<Record<string, T>>, text: (value: T) => string | null): string {
  return Object.entries(record)
    .flatMap(([name, value]) => {
      const written = text(value);
      return written === null ? [] : [`${encodeURIComponent(name)}:${written}`];
    })
    .join(',');
}

function entries<T>(text: string | null, read: (text: string) => T | null): Record<string, T> {
  const result: Record<string, T> = {};
  for (const pair of text === null ? [] : text.split(',')) {
    const colon = pair.indexOf(':');
    const value = colon < 1 ? null : read(pair.slice(colon + 1));
    if (value !== null) {
      result[decode(pair.slice(0, colon))] = value;
    }
  }
  return result;
}

function span({ low, high }: Interval): string {
  return `${plain(low)}~${plain(high)}`;
}

function unspan(text: string): Interval | null {
  const [low, high] = text.split('~').map((end) => (end === '' ? NaN : Number(end)));
  return low !== undefined && high !== undefined && low <= high && Number.isFinite(high - low) ? { low, high } : null;
}

function viewport(text: string | null): Viewport {
  const [zoom, x, y] = (text ?? '').split(',').map(Number);
  const valid = zoom !== undefined && x !== undefined && y !== undefined && zoom >= 1 && zoom <= 64;
  return valid && between(x, 0, 1) !== null && between(y, 0, 1) !== null ? { zoom, x, y } : WHOLE;
}

function between(value: number, min: number, max: number): number | null {
  return value >= min && value <= max ? value : null;
}

/** Six significant digits: enough for any slider, short enough to read. */
function plain(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
