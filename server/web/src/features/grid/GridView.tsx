import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';

import { Notice } from '../../ui/Notice';
import { Tile } from './Tile';
import { useSize } from '../../hooks/useSize';
import { useVisible } from '../../hooks/useVisible';
import { panelsOf } from '../../model/layers';
import type { Look } from '../../model/look';
import { formatValue } from '../../model/text';
import type { Dataset } from '../../api/wire';
import { usePage } from '../../state/pageStore';
import { clearFilters, useScreen } from '../../state/screenStore';
import './GridView.css';

const GAP = 10;
const PADDING = 14;
const CAPTION = 22;
const PANEL_GAP = 2;

/** The selected samples as tiles; only rows near the viewport are rendered. Arrow keys move the focus, Enter opens a tile. */
export function GridView({
  dataset,
  chosen,
  look,
}: {
  dataset: Dataset;
  chosen: readonly number[];
  look: Look | null;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const size = useSize(scroller);
  const tile = useScreen((state) => state.tile);
  const sort = useScreen((state) => state.sort);
  const arrangement = useScreen((state) => state.arrangement);
  const visible = useVisible(dataset);
  const [focused, setFocused] = useState(() => placeOfLastSample(dataset, chosen));

  const room = Math.max(0, size.width - 2 * PADDING);
  const panels = useMemo(() => panelsOf(dataset.layers, visible, arrangement), [dataset, visible, arrangement]);
  const aspect = useMemo(() => typicalAspect(dataset), [dataset]);
  const columns = Math.max(1, Math.floor((room + GAP) / (tile * panels.length + GAP)));
  const width = Math.floor((room - (columns - 1) * GAP) / columns);
  const height = Math.round(((width - (panels.length - 1) * PANEL_GAP) / panels.length) * aspect);
  const rows = Math.ceil(chosen.length / columns);
  const rowHeight = height + CAPTION + GAP;
  const virtualizer = useVirtualizer({
    count: size.width === 0 ? 0 : rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 2,
    paddingStart: PADDING,
    paddingEnd: PADDING,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  const focusTile = (place: number) =>
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-place="${place}"]`)?.focus());
  const laidOut = size.width > 0;
  useEffect(() => {
    if (laidOut && usePage.getState().lastSample !== null) {
      virtualizer.scrollToIndex(Math.floor(focused / columns), { align: 'center' });
      focusTile(focused);
    }
    // Only after the first layout; later scrolling is up to the user.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [laidOut]);
  useEffect(() => setFocused((place) => Math.min(place, Math.max(0, chosen.length - 1))), [chosen.length]);
  const column = useMemo(() => dataset.columns.find((each) => each.name === sort?.column), [dataset, sort]);

  const move = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
      Home: -focused,
      End: chosen.length - 1 - focused,
    };
    const step = steps[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    event.preventDefault();
    const place = Math.min(Math.max(focused + step, 0), chosen.length - 1);
    setFocused(place);
    virtualizer.scrollToIndex(Math.floor(place / columns));
    focusTile(place);
  };

  if (chosen.length === 0) {
    return dataset.samples.ids.length === 0 ? (
      <Notice title="This dataset has no samples">Add samples with “fathom datasets import”.</Notice>
    ) : (
      <Notice title="No samples match the filters">
        <button className="button" onClick={clearFilters}>
          Clear the filters
        </button>
      </Notice>
    );
  }
  return (
    <div ref={scroller} className="grid" onKeyDown={move}>
      <ul className="grid-rows" aria-label="Samples" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().flatMap((row) =>
          chosen.slice(row.index * columns, (row.index + 1) * columns).map((index, i) => {
            const place = row.index * columns + i;
            const value = column?.values[index];
            return (
              <li
                key={dataset.samples.ids[index]}
                className="grid-cell"
                aria-setsize={chosen.length}
                aria-posinset={place + 1}
                style={{ transform: `translate(${PADDING + i * (width + GAP)}px, ${row.start}px)` }}
              >
                <Tile
                  dataset={dataset}
                  index={index}
                  place={place}
                  look={look}
                  panels={panels}
                  width={width}
                  height={height}
                  caption={
                    column && value !== null && value !== undefined
                      ? `${column.label} ${formatValue(value, column.unit)}`
                      : ''
                  }
                  focusable={place === focused}
                  onFocus={setFocused}
                />
              </li>
            );
          }),
        )}
      </ul>
    </div>
  );
}

/** Returns the position in the grid of the sample that was open last, or 0. */
function placeOfLastSample({ samples }: Dataset, chosen: readonly number[]): number {
  const last = usePage.getState().lastSample;
  return last === null ? 0 : Math.max(0, chosen.indexOf(samples.ids.indexOf(last)));
}

/** Returns the median ratio of height to width, limited to [0.4, 1.5]. */
function typicalAspect({ samples: { widths, heights } }: Dataset): number {
  const ratios = widths.map((width, i) => heights[i]! / width).sort((a, b) => a - b);
  const middle = ratios[Math.floor(ratios.length / 2)] ?? 0.75;
  return Math.min(1.5, Math.max(0.4, middle));
}
