import { useMemo } from 'react';

import { histogram } from '../../model/histogram';
import type { Interval } from '../../model/range';
import { meanOf } from '../../model/selection';
import { formatCount, formatValue } from '../../model/text';
import type { Column } from '../../api/wire';
import { setFilter, useScreen } from '../../state/screenStore';
import { Bars } from '../../ui/Bars';
import { NumberField } from '../../ui/NumberField';
import { RangeSlider } from '../../ui/RangeSlider';
import './MetricFilter.css';

const BINS = 40;

/** One metric: its histogram over the samples, and the range to keep. */
export function MetricFilter({ column, chosen }: { column: Column; chosen: readonly number[] }) {
  const filter = useScreen((state) => state.filters[column.name]);
  const spread = useMemo(() => histogram(column.values, BINS), [column]);
  const mean = useMemo(() => meanOf(column, chosen), [column, chosen]);
  if (spread === null) {
    return null;
  }
  const { minimum, maximum, counts, missing } = spread;
  const value: Interval = filter ?? { low: minimum, high: maximum };
  const title = `${column.field} ${column.label}`;
  const change = ({ low, high }: Interval) =>
    setFilter(column.name, low <= minimum && high >= maximum ? null : { low, high });
  return (
    <div className="metric" role="group" aria-label={`Filter by ${title}`}>
      <div className="metric-head">
        <span>{column.label}</span>
        <span className="soft metric-better">{column.better === null ? '' : `${column.better} is better`}</span>
        {mean !== null && (
          <span className="metric-mean" title="Mean over the samples shown">
            <span className="soft">mean</span> {formatValue(mean, column.unit)}
          </span>
        )}
      </div>
      <Bars counts={counts} minimum={minimum} maximum={maximum} kept={value} />
      <RangeSlider
        label={title}
        minimum={minimum}
        maximum={maximum}
        value={value}
        describe={(each) => formatValue(each, column.unit)}
        onChange={change}
      />
      <div className="metric-numbers">
        <NumberField
          label={`${title} at least`}
          value={value.low}
          onChange={(low) => change({ low, high: Math.max(low, value.high) })}
        />
        {filter !== undefined ? (
          <button
            className="link"
            aria-label={`Remove the filter on ${title}`}
            onClick={() => setFilter(column.name, null)}
          >
            Clear
          </button>
        ) : (
          missing > 0 && <span className="soft">{formatCount(missing)} missing</span>
        )}
        <NumberField
          label={`${title} at most`}
          value={value.high}
          onChange={(high) => change({ low: Math.min(value.low, high), high })}
        />
      </div>
    </div>
  );
}
