import { describe, expect, it } from 'vitest';

import { choiceOf, hasRange, percentileRange, rangeGroup, union, widened } from '../src/model/range';
import type { Further, Layer } from '../src/api/wire';

const map = (values: number[]) => ({
  width: values.length,
  height: 1,
  channels: 1 as const,
  values: new Float32Array(values),
});
const layer = (name: string, unit: string): Layer => ({
  name,
  role: 'prediction',
  kind: '',
  unit,
  inverse: false,
  model: '',
  further: null,
});
const auxiliary = (name: string, unit: string, further: Partial<Further> = {}): Layer => ({
  ...layer(name, unit),
  role: 'map',
  further: { field: 'moge', map: name, drawing: 'values', shape: [2, 2], range: [], ...further },
});

describe('percentileRange', () => {
  it('excludes 2 % of the values at each end', () => {
    const range = percentileRange(map(Array.from({ length: 101 }, (_, i) => i)))!;
    expect(range.low).toBeCloseTo(2, 5);
    expect(range.high).toBeCloseTo(98, 5);
  });

  it('ignores missing and infinite values', () => {
    const range = percentileRange(map([NaN, 1, Infinity, 3, -Infinity]))!;
    expect(range.low).toBeGreaterThanOrEqual(1);
    expect(range.high).toBeLessThanOrEqual(3);
  });

  it('is null if no value is finite', () => {
    expect(percentileRange(map([NaN, Infinity]))).toBeNull();
  });

  it('is an interval around the value of a constant map', () => {
    const range = percentileRange(map([5, 5, 5]))!;
    expect(range.low).toBeLessThan(5);
    expect(range.high).toBeGreaterThan(5);
  });

  it('samples large maps evenly, and does not change them', () => {
    const values = Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 100_000);
    const large = map(values);
    const range = percentileRange(large)!;
    expect(range.low / 100_000).toBeCloseTo(0.02, 2);
    expect(range.high / 100_000).toBeCloseTo(0.98, 2);
    expect([...large.values.slice(0, 100)]).toEqual(values.slice(0, 100));
  });
});

describe('ranges', () => {
  it('groups layers by unit, and layers without a unit alone', () => {
    expect(rangeGroup(layer('gt', 'm'))).toBe(rangeGroup(layer('fastdepth', 'm')));
    expect(rangeGroup(layer('dpt', ''))).not.toBe(rangeGroup(layer('midas', '')));
  });

  it('are separate for auxiliary maps of any unit', () => {
    expect(rangeGroup(auxiliary('moge.points_x', 'm'))).toBe('moge.points_x');
    expect(rangeGroup(layer('moge', 'm'))).toBe('m');
  });

  it('are the dataset’s for depth by default, and each map’s own for auxiliary maps', () => {
    expect(choiceOf({}, layer('gt', 'm'))).toEqual({ mode: 'dataset' });
    expect(choiceOf({}, auxiliary('moge.uncertainty', ''))).toEqual({ mode: 'map' });
    expect(choiceOf({ 'moge.uncertainty': { mode: 'dataset' } }, auxiliary('moge.uncertainty', ''))).toEqual({
      mode: 'dataset',
    });
  });

  it('cannot be chosen if the kind defines them', () => {
    expect(hasRange(auxiliary('moge.mask', '', { drawing: 'mask', range: [0, 1] }))).toBe(false);
    expect(hasRange(auxiliary('moge.uncertainty', ''))).toBe(true);
    expect(hasRange(layer('gt', 'm'))).toBe(true);
  });

  it('widens only empty intervals', () => {
    expect(widened({ low: 1, high: 2 })).toEqual({ low: 1, high: 2 });
    expect(widened({ low: 0, high: 0 }).high).toBeGreaterThan(0);
  });

  it('unites to the smallest interval that contains all', () => {
    expect(union([])).toBeNull();
    expect(
      union([
        { low: 1, high: 2 },
        { low: 0, high: 1.5 },
      ]),
    ).toEqual({ low: 0, high: 2 });
  });
});
