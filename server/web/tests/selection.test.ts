import { describe, expect, it } from 'vitest';

import { histogram } from '../src/model/histogram';
import { meanOf, selectSamples } from '../src/model/selection';
import type { Column, Dataset } from '../src/api/wire';

const column = (name: string, values: (number | null)[]): Column => ({
  name,
  field: name.split('.')[0]!,
  protocol: 'article',
  latest: true,
  label: 'RMSE',
  unit: '',
  better: 'lower',
  values,
});

const rmse = column('dpt.article.rmse', [5, null, 1, 3, 3]);
const ssim = column('dpt.article.ssim', [0.1, 0.2, 0.3, null, 0.5]);
const dataset: Dataset = {
  name: 'rooms',
  revision: '1',
  layers: [],
  columns: [rmse, ssim],
  samples: {
    ids: ['a', 'b', 'c', 'd', 'e'],
    names: ['a', 'b', 'c', 'd', 'e'],
    widths: [1, 1, 1, 1, 1],
    heights: [1, 1, 1, 1, 1],
    versions: {},
    failures: {},
  },
};

describe('selectSamples', () => {
  it('keeps all in the dataset’s order without filters', () => {
    expect(selectSamples(dataset, {}, null)).toEqual([0, 1, 2, 3, 4]);
  });

  it('selects samples that match every filter, ends included, and omits those without the number', () => {
    expect(selectSamples(dataset, { [rmse.name]: { low: 1, high: 3 } }, null)).toEqual([2, 3, 4]);
    const both = { [rmse.name]: { low: 1, high: 3 }, [ssim.name]: { low: 0.3, high: 1 } };
    expect(selectSamples(dataset, both, null)).toEqual([2, 4]);
  });

  it('ignores filters on numbers that the dataset does not have', () => {
    expect(selectSamples(dataset, { 'gone.article.rmse': { low: 0, high: 1 } }, null)).toHaveLength(5);
  });

  it('sorts in both directions, stable, samples without the number last', () => {
    expect(selectSamples(dataset, {}, { column: rmse.name, descending: true })).toEqual([0, 3, 4, 2, 1]);
    expect(selectSamples(dataset, {}, { column: rmse.name, descending: false })).toEqual([2, 3, 4, 0, 1]);
  });

  it('averages over the chosen samples that have the number', () => {
    expect(meanOf(rmse, [0, 1, 2])).toBe(3);
    expect(meanOf(rmse, [1])).toBeNull();
  });
});

describe('histogram', () => {
  it('counts every finite value once, the maximum in the last bin', () => {
    const found = histogram([0, 1, 2, 3, 4, null, NaN], 4)!;
    expect(found).toEqual({ minimum: 0, maximum: 4, counts: [1, 1, 1, 2], missing: 2 });
  });

  it('is null without values and one full bin for equal ones', () => {
    expect(histogram([null, NaN], 4)).toBeNull();
    expect(histogram([7, 7], 3)!.counts).toEqual([2, 0, 0]);
  });
});
