import { useState } from 'react';

import { protocolsOf } from '../../model/selection';
import type { Column, Dataset } from '../../api/wire';
import { MetricFilter } from './MetricFilter';
import './FilterPanel.css';

/** One slider per metric of every prediction, for the selected protocol, and for numbers without a protocol. */
export function FilterPanel({ dataset, chosen }: { dataset: Dataset; chosen: readonly number[] }) {
  const protocols = protocolsOf(dataset.columns);
  const [asked, setAsked] = useState<string | null>(null);
  const protocol = asked !== null && protocols.includes(asked) ? asked : latest(dataset.columns);
  const columns = dataset.columns.filter((column) => column.protocol === protocol || column.protocol === '');
  const fields = [...new Set(columns.map((column) => column.field))];
  if (columns.length === 0) {
    return (
      <p className="filters-none soft">
        No metrics yet. Run <code>fathom evaluate {dataset.name}</code> to compute them.
      </p>
    );
  }
  return (
    <>
      {protocols.length > 1 && (
        <label className="filters-protocol">
          <span className="soft">Protocol</span>
          <select className="select" value={protocol} onChange={(event) => setAsked(event.target.value)}>
            {protocols.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
      )}
      {fields.map((field) => (
        <section key={field} className="filters-field" aria-label={`Metrics of ${field}`}>
          <h3>{field}</h3>
          {columns
            .filter((column) => column.field === field)
            .map((column) => (
              <MetricFilter key={column.name} column={column} chosen={chosen} />
            ))}
        </section>
      ))}
    </>
  );
}

/** Returns the protocol of the latest metrics; empty if there are none. */
function latest(columns: readonly Column[]): string {
  const made = columns.filter((column) => column.protocol !== '');
  return (made.find((column) => column.latest) ?? made[0])?.protocol ?? '';
}
