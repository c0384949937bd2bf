import { create } from 'zustand';

import type { MissingColour } from '../model/colour';
import { FIRST_SCREEN, fromLink, type Arrangement, type Screen } from './screen';
import type { Interval, RangeChoice } from '../model/range';
import type { Sort } from '../model/selection';
import { WHOLE, type Viewport } from '../model/viewport';

export type Theme = 'system' | 'light' | 'dark';

/** The one store: what the address says, and what is only of the moment. Views read it and call these events. */
export interface Store extends Screen {
  /** True while Shift is held: overlays are hidden. */
  readonly peeking: boolean;
  /** The sample that was shown large last: the grid goes back to it. */
  readonly lastSample: string | null;
  readonly theme: Theme;
  readonly helpOpen: boolean;

  /** Goes to the screen of an address. */
  go(screen: Screen): void;
  openDataset(name: string): void;
  openSample(id: string | null): void;
  show(visible: readonly string[]): void;
  setOpacity(layer: string, opacity: number): void;
  setColormap(name: string): void;
  setFurtherColormap(name: string): void;
  setReversed(reversed: boolean): void;
  setMissing(missing: MissingColour): void;
  setRange(group: string, choice: RangeChoice): void;
  /** Keeps samples whose number lies in the interval; null lifts the filter. */
  setFilter(column: string, interval: Interval | null): void;
  clearFilters(): void;
  setSort(sort: Sort | null): void;
  setTile(width: number): void;
  setArrangement(arrangement: Arrangement): void;
  setView(view: Viewport): void;
  setPeeking(peeking: boolean): void;
  setTheme(theme: Theme): void;
  setHelpOpen(open: boolean): void;
}

const THEME_KEY = 'fathom.theme';

function storedTheme(): Theme {
  const stored = localStorage.getItem(THEME_KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

export const useStore = create<Store>()((set) => ({
  ...fromLink(location.pathname, location.search),
  peeking: false,
  lastSample: null,
  theme: storedTheme(),
  helpOpen: false,

  go: (screen) => set((state) => ({ ...screen, lastSample: state.sample })),
  openDataset: (dataset) =>
    set(({ colormap, furtherColormap, tile }) => ({ ...FIRST_SCREEN, colormap, furtherColormap, tile, dataset })),
  openSample: (sample) =>
    set((state) => ({ sample, view: sample === null ? WHOLE : state.view, lastSample: sample ?? state.sample })),
  show: (visible) => set({ visible }),
  setOpacity: (layer, opacity) => set((state) => ({ opacity: { ...state.opacity, [layer]: opacity } })),
  setColormap: (colormap) => set({ colormap }),
  setFurtherColormap: (furtherColormap) => set({ furtherColormap }),
  setReversed: (reversed) => set({ reversed }),
  setMissing: (missing) => set({ missing }),
  setRange: (group, choice) => set((state) => ({ ranges: { ...state.ranges, [group]: choice } })),
  setFilter: (column, interval) =>
    set((state) => {
      const { [column]: _, ...others } = state.filters;
      return { filters: interval === null ? others : { ...others, [column]: interval } };
    }),
  clearFilters: () => set({ filters: {} }),
  setSort: (sort) => set({ sort }),
  setTile: (tile) => set({ tile }),
  setArrangement: (arrangement) => set({ arrangement }),
  setView: (view) => set({ view }),
  setPeeking: (peeking) => set({ peeking }),
  setTheme: (theme) => {
    localStorage.setItem(THEME_KEY, theme);
    set({ theme });
  },
  setHelpOpen: (helpOpen) => set({ helpOpen }),
}));
