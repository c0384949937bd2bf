import { useMemo } from 'react';

import { firstVisible } from '../model/layers';
import type { Dataset } from '../api/wire';
import { useScreen } from '../state/screenStore';

/** Returns the names of the visible layers from bottom to top. Default: the picture and the first depth layer. */
export function useVisible(dataset: Dataset): readonly string[] {
  const chosen = useScreen((state) => state.visible);
  return useMemo(() => chosen ?? firstVisible(dataset.layers), [chosen, dataset]);
}
