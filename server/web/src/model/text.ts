import type { Vector } from './floatMap';

/** Formats a number with about four significant digits. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) {
    return '–';
  }
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 1e-4)) {
    return value.toExponential(2);
  }
  const places = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 0.1 || size === 0 ? 3 : 4;
  return value.toFixed(places);
}

/** A value with its unit: `1.234 m`. */
export function formatValue(value: number, unit: string): string {
  return unit === '' || !Number.isFinite(value) ? formatNumber(value) : `${formatNumber(value)} ${unit}`;
}

/** Formats the components of a unit vector with two decimal places. */
export function formatVector(vector: Vector): string {
  return vector.map((part) => part.toFixed(2)).join(', ');
}

export function formatCount(count: number): string {
  return count.toLocaleString('en-GB');
}

/** Returns at most `count` round numbers in [low, high], for the ticks of a colour bar. */
export function ticks(low: number, high: number, count: number): readonly number[] {
  const width = high - low;
  if (!(width > 0) || !Number.isFinite(width)) {
    return [];
  }
  const raw = width / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => width / candidate <= count)!;
  const marks: number[] = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++) {
    marks.push(i * step);
  }
  return marks;
}

/** Formats a tick with enough decimal places to distinguish adjacent ticks. */
export function formatTick(value: number, step: number): string {
  if (step >= 1e6 || step < 1e-5) {
    return value.toExponential(1);
  }
  return value.toFixed(Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
}
