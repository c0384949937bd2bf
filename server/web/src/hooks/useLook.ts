import { useMemo, useSyncExternalStore } from 'react';

import { painter } from '../gl/Painter';
import { useVisible } from './useVisible';
import { wanted } from '../model/layers';
import type { Look } from '../model/look';
import { sharedRanges } from '../model/look';
import { hasRange } from '../model/range';
import type { Dataset, Layer } from '../api/wire';
import { useColormaps, useSpreads } from '../api/queries';
import { useStore } from '../state/store';

/** The reader's choices about colour for this dataset; null until the colour schemes are here. */
export function useLook(dataset: Dataset): Look | null {
  const { data: colormaps } = useColormaps();
  const name = useStore((state) => state.colormap);
  const reversed = useStore((state) => state.reversed);
  const missing = useStore((state) => state.missing);
  const choices = useStore((state) => state.ranges);
  const furtherName = useStore((state) => state.furtherColormap);
  const maps = useRanged(dataset);
  const spreads = useSpreads(dataset, maps);
  const shared = useMemo(() => sharedRanges(maps, spreads), [maps, spreads]);
  const called = (wanted: string) => colormaps?.find((each) => each.name === wanted) ?? colormaps?.[0];
  const colormap = called(name);
  const furtherColormap = called(furtherName);
  const generation = useSyncExternalStore(painter.subscribe, painter.generation);
  return useMemo(
    () =>
      colormap === undefined || furtherColormap === undefined
        ? null
        : { colormap, furtherColormap, reversed, missing, choices, shared },
    // A new generation makes a new look, with which everything is painted again.
    [colormap, furtherColormap, reversed, missing, choices, shared, generation],
  );
}

/** The layers whose colours span a range of values, of those to read. */
export function useRanged(dataset: Dataset): readonly Layer[] {
  const visible = useVisible(dataset);
  return useMemo(() => wanted(dataset.layers, visible).filter(hasRange), [dataset, visible]);
}
