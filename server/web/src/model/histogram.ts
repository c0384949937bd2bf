/** Counts in bins of equal width over [minimum, maximum]; the last bin contains the maximum. */
export interface Histogram {
  readonly minimum: number;
  readonly maximum: number;
  readonly counts: readonly number[];
  /** The number of samples without a finite value. */
  readonly missing: number;
}

/** The histogram of the finite values; null if there are none. */
export function histogram(values: readonly (number | null)[], bins: number): Histogram | null {
  let minimum = Infinity;
  let maximum = -Infinity;
  let missing = 0;
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) {
      missing++;
      continue;
    }
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
  }
  if (minimum > maximum) {
    return null;
  }
  const counts = new Array<number>(bins).fill(0);
  const width = maximum - minimum;
  for (const value of values) {
    if (value !== null && Number.isFinite(value)) {
      const bin = width === 0 ? 0 : Math.min(bins - 1, Math.floor(((value - minimum) / width) * bins));
      counts[bin]! += 1;
    }
  }
  return { minimum, maximum, counts, missing };
}
