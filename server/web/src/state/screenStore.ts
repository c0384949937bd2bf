import { create } from 'zustand';

import type { Interval, RangeChoice } from '../model/range';
import { WHOLE } from '../model/viewport';
import { usePage } from './pageStore';
import { FIRST_SCREEN, fromLink, type Screen } from './screen';

/** The state that the address holds. Components read it with a selector and change it with the functions below. */
export const useScreen = create<Screen>()(() => fromLink(location.pathname, location.search));

/** Replaces some properties of the screen. */
export function change(part: Partial<Screen>): void {
  useScreen.setState(part);
}

/** Shows the screen of an address. */
export function go(screen: Screen): void {
  usePage.setState({ lastSample: useScreen.getState().sample });
  change(screen);
}

/** Opens a dataset with the default screen; colour schemes and tile width are kept. */
export function openDataset(dataset: string): void {
  const { colormap, furtherColormap, tile } = useScreen.getState();
  change({ ...FIRST_SCREEN, colormap, furtherColormap, tile, dataset });
}

/** Opens a sample, or the grid if `sample` is null. */
export function openSample(sample: string | null): void {
  const { sample: previous, view } = useScreen.getState();
  usePage.setState({ lastSample: sample ?? previous });
  change({ sample, view: sample === null ? WHOLE : view });
}

export function setOpacity(layer: string, opacity: number): void {
  change({ opacity: { ...useScreen.getState().opacity, [layer]: opacity } });
}

export function setRange(group: string, choice: RangeChoice): void {
  change({ ranges: { ...useScreen.getState().ranges, [group]: choice } });
}

/** Keeps samples whose number is in the interval; null removes the filter. */
export function setFilter(column: string, interval: Interval | null): void {
  const others = Object.entries(useScreen.getState().filters).filter(([name]) => name !== column);
  change({ filters: Object.fromEntries(interval === null ? others : [...others, [column, interval]]) });
}

export function clearFilters(): void {
  change({ filters: {} });
}
