import { formatNumber } from '../../model/text';
import type { Column, Dataset } from '../../api/wire';
import './NumberTable.css';

/** One sample's metrics: a row per prediction, a column per metric of the latest protocol; the best value is highlighted. */
export function NumberTable({ dataset, index }: { dataset: Dataset; index: number }) {
  const columns = dataset.columns.filter((column) => column.latest && column.protocol !== '');
  const labels = [...new Set(columns.map((column) => column.label))];
  const fields = [...new Set(columns.map((column) => column.field))];
  const failures = Object.entries(dataset.samples.failures).flatMap(([field, reasons]) => {
    const reason = reasons[index];
    return reason === null || reason === undefined ? [] : [{ field, reason }];
  });
  return (
    <>
      {columns.length > 0 && (
        <section className="numbers" aria-label="Metrics of this sample" tabIndex={0}>
          <h2>Metrics</h2>
          <table>
            <thead>
              <tr>
                <th scope="col">
                  <span className="hidden">Prediction</span>
                </th>
                {labels.map((label) => (
                  <th key={label} scope="col" title={columns.find((each) => each.label === label)?.unit}>
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {fields.map((field) => (
                <tr key={field}>
                  <th scope="row" title={field}>
                    {field}
                  </th>
                  {labels.map((label) => {
                    const column = columns.find((each) => each.field === field && each.label === label);
                    const value = column?.values[index] ?? null;
                    return (
                      <td key={label} className={column && isBest(columns, column, index) ? 'numbers-best' : undefined}>
                        {column && value !== null ? formatNumber(value) : '–'}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {failures.length > 0 && (
        <section className="failures" aria-label="Failures">
          <h2>Failed</h2>
          {failures.map(({ field, reason }) => (
            <p key={field} className="trouble">
              <strong>{field}</strong> {reason}
            </p>
          ))}
        </section>
      )}
    </>
  );
}

function isBest(columns: readonly Column[], column: Column, index: number): boolean {
  const rivals = columns
    .filter((each) => each.label === column.label)
    .map((each) => each.values[index] ?? null)
    .filter((value) => value !== null);
  const best = column.better === 'lower' ? Math.min(...rivals) : Math.max(...rivals);
  return column.better !== null && rivals.length > 1 && column.values[index] === best;
}
