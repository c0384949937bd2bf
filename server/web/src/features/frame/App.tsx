import { useEffect, useMemo } from 'react';

import { ApiError } from '../../api/api';
import { Boundary } from '../../ui/Boundary';
import { HelpDialog } from '../help/HelpDialog';
import { ErrorNotice, Notice } from '../../ui/Notice';
import { useLook } from '../../hooks/useLook';
import { selectSamples } from '../../model/selection';
import type { Dataset, DatasetSummary } from '../../api/wire';
import { useColormaps, useDataset, useDatasets, useRevision } from '../../api/queries';
import { usePage } from '../../state/pageStore';
import { openDataset, useScreen } from '../../state/screenStore';
import { useKeys } from '../../hooks/useKeys';
import { GridView } from '../grid/GridView';
import { SampleView } from '../sample/SampleView';
import { Sidebar } from './Sidebar';
import { TopBar } from './TopBar';
import './App.css';

const NO_DATASETS: readonly DatasetSummary[] = [];
const NONE: readonly number[] = [];

/** The page: top bar, sidebar, and either the grid or one sample. */
export function App() {
  const list = useDatasets();
  const name = useScreen((state) => state.dataset);
  const dataset = useDataset(name);
  const filters = useScreen((state) => state.filters);
  const sort = useScreen((state) => state.sort);
  const peeking = usePage((state) => state.peeking);
  const { data: colormaps } = useColormaps();
  const data = dataset.data;
  const chosen = useMemo(() => (data ? selectSamples(data, filters, sort) : NONE), [data, filters, sort]);
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
            <EmptyState
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
  const sample = useScreen((state) => state.sample);
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

function EmptyState({ error, loading, none }: { error: unknown; loading: boolean; none: boolean }) {
  if (error) {
    return <ErrorNotice error={error} />;
  }
  if (loading) {
    return <Notice title="Loading …">The dataset is being read.</Notice>;
  }
  return none ? (
    <Notice title="No datasets yet">
      Run “fathom quickstart” for sample data, or import a dataset with “fathom datasets import”. New datasets appear
      automatically.
    </Notice>
  ) : (
    <Notice title="Choose a dataset">Use the list at the top left.</Notice>
  );
}

/** Shows a banner while the server does not respond. */
function Connection({ name }: { name: string | null }) {
  const { error } = useRevision(name);
  return error instanceof ApiError && (error.status === 0 || error.status === 401) ? (
    <p className="app-connection" role="alert">
      {error.message}. {error.remedy}
    </p>
  ) : null;
}

function useFirstDataset(initial: string | null): void {
  const name = useScreen((state) => state.dataset);
  useEffect(() => {
    if (name === null && initial !== null) {
      openDataset(initial);
    }
  }, [name, initial]);
}

/** Applies the selected theme; `system` follows the operating system. */
function useTheme(): void {
  const theme = usePage((state) => state.theme);
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
