import { describe, expect, it } from 'vitest';

import type { Dataset } from '../src/api/wire';
import { parseColormap } from '../src/model/colour';
import { firstVisible, layerTitle, layersToLoad, numbered } from '../src/model/layers';
import { meanOf, protocolsOf, selectSamples } from '../src/model/selection';
import { colormaps, dataset } from './wireExamples';

/** The compiler checks the examples against the types (`satisfies`); these tests check that the page can use them. */
describe('Examples written by the server’s records', () => {
  const example: Dataset = dataset;

  it('are usable as layers', () => {
    expect(firstVisible(example.layers)).toEqual(['rgb', 'gt']);
    expect(example.layers.map(layerTitle)).toEqual([
      'Image',
      'Truth · gt',
      'dpt',
      'dpt · mask',
      'dpt · uncertainty',
      'dpt · normal',
    ]);
    expect(numbered(example.layers)).toHaveLength(3);
    expect(layersToLoad(example.layers, ['rgb', 'dpt.mask']).map(({ name }) => name)).toEqual([
      'gt',
      'dpt',
      'dpt.mask',
    ]);
  });

  it('are usable as columns', () => {
    expect(protocolsOf(example.columns)).toEqual(['article']);
    expect(selectSamples(example, { 'dpt.article.rmse': { low: 0, high: 20 } }, null)).toEqual([0]);
    expect(meanOf(example.columns[1]!, [0, 1])).toBe(20.625);
  });

  it('contain complete colour schemes', () => {
    const { name, table } = parseColormap(colormaps.colormaps[0]!);
    expect(name).toBe('gray');
    expect(table).toHaveLength(768);
    expect([...table.slice(-3)]).toEqual([255, 255, 255]);
  });
});
