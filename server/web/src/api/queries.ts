import {
  keepPreviousData,
  QueryClient,
  useQueries,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useEffect } from 'react';

import * as api from './api';
import type { Colormap } from '../model/colour';
import type { FloatMap, LoadedMap } from '../model/floatMap';
import type { Dataset, Layer, Spread } from './wire';

const REVISION_EVERY_MS = 2500;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 3 && error instanceof api.ApiError && error.status === 0,
      },
    },
  });
}

export function useDatasets() {
  return useQuery({
    queryKey: ['datasets'],
    queryFn: ({ signal }) => api.fetchDatasets(signal),
    refetchInterval: 4 * REVISION_EVERY_MS,
  });
}

/** Loads a dataset and reloads it when its revision changes; the previous data stays visible meanwhile. */
export function useDataset(name: string | null): UseQueryResult<Dataset> {
  const client = useQueryClient();
  const dataset = useQuery({
    queryKey: ['dataset', name],
    queryFn: ({ signal }) => api.fetchDataset(name!, signal),
    enabled: name !== null,
  });
  const revision = useRevision(name);
  const stale = revision.data !== undefined && dataset.data !== undefined && revision.data !== dataset.data.revision;
  useEffect(() => {
    if (stale) {
      void client.invalidateQueries({ queryKey: ['dataset', name] });
    }
  }, [client, name, stale, revision.data]);
  return dataset;
}

/** Polls the dataset's revision while the page is visible. */
export function useRevision(name: string | null): UseQueryResult<string> {
  return useQuery({
    queryKey: ['revision', name],
    queryFn: ({ signal }) => api.fetchRevision(name!, signal),
    enabled: name !== null,
    refetchInterval: REVISION_EVERY_MS,
    retry: false,
  });
}

export function useColormaps(): UseQueryResult<readonly Colormap[]> {
  return useQuery({ queryKey: ['colormaps'], queryFn: ({ signal }) => api.fetchColormaps(signal) });
}

/** Loads the value histogram of each layer, in the order of `layers`. */
export function useSpreads(dataset: Dataset, layers: readonly Layer[]): readonly (Spread | undefined)[] {
  return useQueries({
    queries: layers.map((layer) => ({
      queryKey: ['spread', dataset.name, layer.name, dataset.revision],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.fetchSpread(dataset.name, layer.name, dataset.revision, signal),
      placeholderData: keepPreviousData,
    })),
    combine: (results) => results.map((result) => result.data),
  });
}

/** Loads one sample's maps, in the order of `layers`; map and error are unset while loading and if the sample has no such map. */
export function useMaps(
  dataset: Dataset,
  index: number,
  layers: readonly Layer[],
  side: number | null,
): readonly LoadedMap[] {
  return useQueries({
    queries: layers.map((layer) => mapQuery(dataset, index, layer, side)),
    combine: mapsOf,
  });
}

function mapsOf(results: readonly UseQueryResult<FloatMap>[]): readonly LoadedMap[] {
  return results.map(({ data, error }) => ({ map: data, error }));
}

/** The query of one map; its address contains the content's version, so a response never becomes stale. */
export function mapQuery(dataset: Dataset, index: number, layer: Layer, side: number | null) {
  const id = dataset.samples.ids[index] ?? '';
  const version = dataset.samples.versions[layer.name]?.[index] ?? null;
  return {
    queryKey: ['map', dataset.name, id, layer.name, version, side],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      api.fetchMap(dataset.name, id, layer.name, version ?? '', side, signal),
    enabled: version !== null,
    gcTime: 30_000,
  };
}
