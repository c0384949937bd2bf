import { useEffect, useMemo } from 'react';

import { ApiError } from '../../api/api';
import { Boundary } from '../../ui/Boundary';
import { HelpDialog } from '../help/HelpDialog';
import { ErrorNotice, Notice } from '../../ui/Notice';
import { useLook } from '../../hooks/useLook';
import { selectSamples } from '../../model/selection';
import type { Dataset, DatasetSummary } from '../../api/wire';
import { useColormaps, useDataset, useDatasets, useRevision } from '../../api/queries';
import { useStore } from '../../state/store';
import { useKeys } from '../../hooks/useKeys';
import { GridView } from '../grid/GridView';
import { SampleView } from '../sample/SampleView';
import { Sidebar } from './Sidebar';
import { TopBar } from './TopBar';
import './App.css';

const NO_DATASETS: readonly DatasetSummary[] = [];
const NOTHING: readonly number[] = [];

/** The page: what is chosen decides between the grid and one sample; the side bar serves both. */
export function App() {
  const list = useDatasets();
  const name = useStore((state) => state.dataset);
  const dataset = useDataset(name);
  const filters = useStore((state) => state.filters);
  const sort = useStore((state) => state.sort);
  const peeking = useStore((state) => state.peeking);
  const { data: colormaps } = useColormaps();
  const data = dataset.data;
  const chosen = useMemo(() => (data ? selectSamples(data, filters, sort) : NOTHING), [data, filters, sort]);
  const datasets = list.data?.datasets ?? NO_DATASETS;
  useKeys(data, chosen, colormaps);
  useTheme();
  useFirstDataset(list.data?.initial ?? (datasets.length === 1 ? datasets[0]!.name : null));
  useEffect(() => {
    document.title = name === null ? 'Fathom' : `${name} · Fathom`;
  }, [name]);

  return (
    <div className={peeking ? 'app peeking' : 'app'}>
      <TopBar datasets={datasets} dataset={data} shown={chosen.length} />
      <Connection name={name} />
      <div className="app-body">
        {data !== undefined ? (
          <Opened dataset={data} chosen={chosen} />
        ) : (
          <main className="app-main">
            <Beginning
              error={dataset.error ?? list.error}
              loading={list.isPending || name !== null}
              none={datasets.length === 0}
            />
          </main>
        )}
      </div>
      <HelpDialog />
    </div>
  );
}

function Opened({ dataset, chosen }: { dataset: Dataset; chosen: readonly number[] }) {
  const look = useLook(dataset);
  const sample = useStore((state) => state.sample);
  return (
    <>
      <Sidebar dataset={dataset} chosen={chosen} look={look} />
      <main className="app-main">
        <Boundary>
          {sample === null ? (
            <GridView dataset={dataset} chosen={chosen} look={look} />
          ) : (
            <SampleView dataset={dataset} chosen={chosen} look={look} />
          )}
        </Boundary>
      </main>
    </>
  );
}

function Beginning({ error, loading, none }: { error: unknown; loading: boolean; none: boolean }) {
  if (error) {
    return <ErrorNotice error={error} />;
  }
  if (loading) {
    return <Notice title="Reading …">One moment.</Notice>;
  }
  return none ? (
    <Notice title="No datasets yet">
      Make one with “fathom quickstart”, or import your own with “fathom datasets import”. It appears here by itself.
    </Notice>
  ) : (
    <Notice title="Choose a dataset">The list is at the top left.</Notice>
  );
}

/** Says so while the server does not answer. */
function Connection({ name }: { name: string | null }) {
  const { error } = useRevision(name);
  return error instanceof ApiError && (error.status === 0 || error.status === 401) ? (
    <p className="app-connection" role="alert">
      {error.message}. {error.remedy}
    </p>
  ) : null;
}

function useFirstDataset(initial: string | null): void {
  const name = useStore((state) => state.dataset);
  useEffect(() => {
    if (name === null && initial !== null) {
      useStore.getState().openDataset(initial);
    }
  }, [name, initial]);
}

/** Follows the reader's choice, or the system's where there is none. */
function useTheme(): void {
  const theme = useStore((state) => state.theme);
  useEffect(() => {
    const system = matchMedia('(prefers-color-scheme: dark)');
    const apply = () => {
      const dark = theme === 'dark' || (theme === 'system' && system.matches);
      document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
    };
    apply();
    system.addEventListener('change', apply);
    return () => system.removeEventListener('change', apply);
  }, [theme]);
}
