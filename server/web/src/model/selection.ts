import type { Interval } from './range';
import type { Column, Dataset } from '../api/wire';

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** Returns the indices of the samples that match every filter, sorted; a sample without the number does not match. */
export function selectSamples(
  dataset: Dataset,
  filters: Readonly<Record<string, Interval>>,
  sort: Sort | null,
): readonly number[] {
  const active = dataset.columns.filter((column) => filters[column.name] !== undefined);
  const chosen: number[] = [];
  for (let i = 0; i < dataset.samples.ids.length; i++) {
    if (active.every((column) => meets(column, i, filters[column.name]!))) {
      chosen.push(i);
    }
  }
  const by = sort === null ? undefined : dataset.columns.find((column) => column.name === sort.column);
  if (by === undefined || sort === null) {
    return chosen;
  }
  const sign = sort.descending ? -1 : 1;
  return chosen.sort((a, b) => compare(by.values[a] ?? null, by.values[b] ?? null, sign) || a - b);
}

function meets(column: Column, index: number, { low, high }: Interval): boolean {
  const value = column.values[index];
  return value !== null && value !== undefined && value >= low && value <= high;
}

/** Sorts samples without the number last in both directions. */
function compare(a: number | null, b: number | null, sign: number): number {
  if (a === null || b === null) {
    return Number(a === null) - Number(b === null);
  }
  return sign * (a - b);
}

/** Returns the mean of a column over the selected samples with a value; null if there are none. */
export function meanOf(column: Column, chosen: readonly number[]): number | null {
  let sum = 0;
  let count = 0;
  for (const index of chosen) {
    const value = column.values[index];
    if (value !== null && value !== undefined && Number.isFinite(value)) {
      sum += value;
      count++;
    }
  }
  return count === 0 ? null : sum / count;
}

/** Returns the protocols of the columns, in their order. */
export function protocolsOf(columns: readonly Column[]): readonly string[] {
  return [...new Set(columns.map((column) => column.protocol))].filter((protocol) => protocol !== '');
}
