import { useMemo } from 'react';

import { firstVisible } from '../model/layers';
import type { Dataset } from '../api/wire';
import { useStore } from '../state/store';

/** Names of the layers on show from bottom to top: the reader's choice, or the dataset's first. */
export function useVisible(dataset: Dataset): readonly string[] {
  const chosen = useStore((state) => state.visible);
  return useMemo(() => chosen ?? firstVisible(dataset.layers), [chosen, dataset]);
}
