import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';

import { ArrangementPicker } from '../layers/ArrangementPicker';
import { Icon } from '../../ui/Icon';
import { Legend } from '../colours/Legend';
import { NumberTable } from './NumberTable';
import { Notice } from '../../ui/Notice';
import { Pane } from './Pane';
import { Readout } from './Readout';
import { Unreadable } from './Unreadable';
import { useVisible } from '../../hooks/useVisible';
import { layerTitle, layersToLoad, overlays, panelsOf, stacked, type LoadedLayer } from '../../model/layers';
import type { Look } from '../../model/look';
import { formatCount } from '../../model/text';
import { WHOLE, type Viewport, type Point } from '../../model/viewport';
import type { Dataset, Layer } from '../../api/wire';
import { mapQuery, useMaps } from '../../api/queries';
import { change, openSample, useScreen } from '../../state/screenStore';
import './SampleView.css';

/** One sample at full size: its layers stacked or side by side, the values at the pointer, and its metrics. */
export function SampleView(props: { dataset: Dataset; chosen: readonly number[]; look: Look | null }) {
  const { dataset, chosen, look } = props;
  const id = useScreen((state) => state.sample);
  const index = dataset.samples.ids.indexOf(id ?? '');
  if (index < 0) {
    return (
      <Notice title="Sample not found in this dataset">
        The link may refer to another dataset, or the sample was deleted. Press Esc to go back to the grid.
      </Notice>
    );
  }
  return <Large dataset={dataset} chosen={chosen} look={look} index={index} />;
}

function Large(props: { dataset: Dataset; chosen: readonly number[]; look: Look | null; index: number }) {
  const { dataset, chosen, look, index } = props;
  const view = useScreen((state) => state.view);
  const setView = (next: Viewport) => change({ view: next });
  const arrangement = useScreen((state) => state.arrangement);
  const visible = useVisible(dataset);
  const [point, setPoint] = useState<Point | null>(null);

  const mapLayers = useMemo(() => layersToLoad(dataset.layers, visible), [dataset, visible]);
  const maps = useMaps(dataset, index, mapLayers, null);
  const loaded = useMemo(() => mapLayers.map((layer, i) => ({ layer, ...maps[i]! })), [mapLayers, maps]);
  const at = chosen.indexOf(index);
  usePrefetch(dataset, chosen[at - 1], mapLayers);
  usePrefetch(dataset, chosen[at + 1], mapLayers);

  const { names, ids, widths, heights } = dataset.samples;
  const shown = stacked(dataset.layers, visible);
  const load = (layers: readonly Layer[]): readonly LoadedLayer[] =>
    overlays(layers).map((layer) => loaded.find((each) => each.layer === layer)!);
  const panes = panelsOf(dataset.layers, visible, arrangement);
  const step = (by: number) => {
    const next = chosen[at + by];
    return next === undefined ? undefined : () => openSample(ids[next]!);
  };

  return (
    <div className="sample">
      <header className="sample-head">
        <button
          className="button square plain"
          aria-label="Back to the grid"
          title="Back to the grid (Esc)"
          onClick={() => openSample(null)}
        >
          <Icon name="grid" />
        </button>
        <button
          className="button square plain"
          aria-label="Previous sample"
          title="Previous (←)"
          disabled={at <= 0}
          onClick={step(-1)}
        >
          <Icon name="left" />
        </button>
        <button
          className="button square plain"
          aria-label="Next sample"
          title="Next (→)"
          disabled={at < 0 || at >= chosen.length - 1}
          onClick={step(1)}
        >
          <Icon name="right" />
        </button>
        <h1 className="sample-name">{names[index]}</h1>
        <span className="soft">
          {widths[index]} × {heights[index]}
        </span>
        <span className="soft sample-place">
          {at < 0 ? 'excluded by filters' : `${formatCount(at + 1)} of ${formatCount(chosen.length)}`}
        </span>
        <ArrangementPicker />
        <button
          className="button plain"
          title="Fit the picture (0)"
          disabled={view.zoom === 1}
          onClick={() => setView(WHOLE)}
        >
          <Icon name="fit" size={14} /> <span className="sample-zoom">{Math.round(view.zoom * 100)}%</span>
        </button>
      </header>
      <div className="sample-body">
        <div className="sample-panes" style={{ gridTemplateColumns: `repeat(${acrossFor(panes.length)}, 1fr)` }}>
          {panes.map((layers) => (
            <Pane
              key={arrangement === 'side' ? layers[0]!.name : 'stack'}
              dataset={dataset}
              index={index}
              title={layers.length === 0 ? 'No layer' : layers.map(layerTitle).join(' + ')}
              withImage={layers.some((layer) => layer.role === 'image')}
              layers={load(layers)}
              look={look}
              view={view}
              point={panes.length > 1 ? point : null}
              onView={setView}
              onPoint={setPoint}
            />
          ))}
        </div>
        <aside className="sample-facts" aria-label="Values and metrics">
          <Readout layers={loaded} look={look} point={point} width={widths[index]!} height={heights[index]!} />
          {look !== null && <Legend layers={load(shown)} look={look} point={point} />}
          <Unreadable layers={loaded} />
          <NumberTable dataset={dataset} index={index} />
        </aside>
      </div>
    </div>
  );
}

function acrossFor(count: number): number {
  return count <= 1 ? 1 : count <= 4 ? 2 : 3;
}

/** Prefetches the maps of an adjacent sample, for ← and →. A failure is reported when that sample is opened. */
function usePrefetch(dataset: Dataset, index: number | undefined, layers: readonly Layer[]): void {
  const client = useQueryClient();
  useEffect(() => {
    if (index !== undefined) {
      for (const layer of layers) {
        const { enabled, ...query } = mapQuery(dataset, index, layer, null);
        if (enabled) {
          client.query(query).catch(() => undefined);
        }
      }
    }
  }, [client, dataset, index, layers]);
}
