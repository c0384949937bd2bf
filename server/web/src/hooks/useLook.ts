import { useMemo, useSyncExternalStore } from 'react';

import { painter } from '../gl/Painter';
import { useVisible } from './useVisible';
import { layersToLoad } from '../model/layers';
import type { Look } from '../model/look';
import { sharedRanges } from '../model/look';
import { hasRange } from '../model/range';
import type { Dataset, Layer } from '../api/wire';
import { useColormaps, useSpreads } from '../api/queries';
import { useScreen } from '../state/screenStore';

/** Returns the colour settings for this dataset; null until the colour schemes are loaded. */
export function useLook(dataset: Dataset): Look | null {
  const { data: colormaps } = useColormaps();
  const name = useScreen((state) => state.colormap);
  const reversed = useScreen((state) => state.reversed);
  const missing = useScreen((state) => state.missing);
  const choices = useScreen((state) => state.ranges);
  const furtherName = useScreen((state) => state.furtherColormap);
  const maps = useRanged(dataset);
  const spreads = useSpreads(dataset, maps);
  const shared = useMemo(() => sharedRanges(maps, spreads), [maps, spreads]);
  const called = (requested: string) => colormaps?.find((each) => each.name === requested) ?? colormaps?.[0];
  const colormap = called(name);
  const furtherColormap = called(furtherName);
  const generation = useSyncExternalStore(painter.subscribe, painter.generation);
  return useMemo(
    () =>
      colormap === undefined || furtherColormap === undefined
        ? null
        : { colormap, furtherColormap, reversed, missing, choices, shared },
    // A new generation makes a new look, which repaints every canvas.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [colormap, furtherColormap, reversed, missing, choices, shared, generation],
  );
}

/** Returns the loaded layers whose colours span a range of values. */
export function useRanged(dataset: Dataset): readonly Layer[] {
  const visible = useVisible(dataset);
  return useMemo(() => layersToLoad(dataset.layers, visible).filter(hasRange), [dataset, visible]);
}
