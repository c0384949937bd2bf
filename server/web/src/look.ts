import { useMemo, useSyncExternalStore } from 'react';

import { painter } from './gl/Painter';
import type { Look } from './model/look';
import { sharedRanges } from './model/look';
import type { Dataset } from './model/wire';
import { useColormaps, useSpreads } from './queries';
import { useStore } from './store';

/** The reader's choices about colour for this dataset; null until the colour schemes are here. */
export function useLook(dataset: Dataset): Look | null {
  const { data: colormaps } = useColormaps();
  const name = useStore((state) => state.colormap);
  const reversed = useStore((state) => state.reversed);
  const missing = useStore((state) => state.missing);
  const choices = useStore((state) => state.ranges);
  const maps = useMemo(() => dataset.layers.filter((layer) => layer.role !== 'image'), [dataset]);
  const spreads = useSpreads(dataset, maps);
  const shared = useMemo(() => sharedRanges(maps, spreads), [maps, spreads]);
  const colormap = colormaps?.find((each) => each.name === name) ?? colormaps?.[0];
  const generation = useSyncExternalStore(painter.subscribe, painter.generation);
  return useMemo(
    () => (colormap === undefined ? null : { colormap, reversed, missing, choices, shared }),
    // A new generation makes a new look, with which everything is painted again.
    [colormap, reversed, missing, choices, shared, generation],
  );
}
