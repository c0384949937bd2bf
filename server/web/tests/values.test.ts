import { describe, expect, it } from 'vitest';

import { decodeFloatMap, valueAt, vectorAt } from '../src/model/floatMap';
import {
  alone,
  firstVisible,
  layerName,
  numbered,
  overlays,
  panelsOf,
  stacked,
  toggled,
  layersToLoad,
} from '../src/model/layers';
import { rangeOf, sharedRanges, styleOf, type Look } from '../src/model/look';
import { formatNumber, formatTick, formatValue, formatVector, ticks } from '../src/model/text';
import type { Further, Layer, Role, Spread } from '../src/api/wire';

const layer = (name: string, role: Role, unit = ''): Layer => ({
  name,
  role,
  kind: '',
  unit,
  inverse: name === 'dpt',
  model: '',
  further: null,
});
const auxiliary = (field: string, name: string, further: Partial<Further> = {}): Layer => ({
  ...layer(`${field}.${name}`, 'map'),
  further: { field, map: name, drawing: 'values', shape: [2, 2], range: [], ...further },
});
const rgb = layer('rgb', 'image');
const gt = layer('gt', 'truth', 'm');
const fast = layer('fastdepth', 'prediction', 'm');
const dpt = layer('dpt', 'prediction');
const layers = [rgb, gt, fast, dpt];
const uncertainty = auxiliary('fastdepth', 'uncertainty');
const mask = auxiliary('fastdepth', 'mask', { drawing: 'mask', range: [0, 1] });
const withFurther = [rgb, gt, fast, uncertainty, mask, dpt];
const map = { width: 2, height: 2, channels: 1 as const, values: new Float32Array([1, 2, 3, NaN]) };

describe('maps', () => {
  it('return the nearest pixel’s value at any resolution', () => {
    expect(valueAt(map, 0, 0)).toBe(1);
    expect(valueAt(map, 0.499, 0.2)).toBe(1);
    expect(valueAt(map, 0.5, 0.2)).toBe(2);
    expect(valueAt(map, 0.1, 0.99)).toBe(3);
  });

  it('return NaN for missing pixels and outside', () => {
    expect(valueAt(map, 0.9, 0.9)).toBeNaN();
    expect(valueAt(map, 1, 0)).toBeNaN();
    expect(valueAt(map, -0.01, 0)).toBeNaN();
    expect(valueAt(map, NaN, 0)).toBeNaN();
  });

  it('are rejected if the body does not have the stated size', () => {
    expect(decodeFloatMap(new ArrayBuffer(16), 2, 2, 1).values).toHaveLength(4);
    expect(decodeFloatMap(new ArrayBuffer(48), 2, 2, 3).channels).toBe(3);
    expect(() => decodeFloatMap(new ArrayBuffer(15), 2, 2, 1)).toThrow(/expected 16 bytes.*found 15/);
    expect(() => decodeFloatMap(new ArrayBuffer(16), 2, 2, 3)).toThrow(/expected 48 bytes for 2 × 2 × 3, found 16/);
    expect(() => decodeFloatMap(new ArrayBuffer(0), 0, 2, 1)).toThrow(/at least 1/);
    expect(() => decodeFloatMap(new ArrayBuffer(4), NaN, 1, 1)).toThrow(/at least 1/);
    expect(() => decodeFloatMap(new ArrayBuffer(8), 1, 1, 2)).toThrow(/1 or 3 channels, found 2/);
  });

  it('of vectors return the nearest pixel’s vector, or null if it is zero or missing', () => {
    const normals = {
      width: 3,
      height: 1,
      channels: 3 as const,
      values: new Float32Array([0, 0.6, -0.8, 0, 0, 0, NaN, 0, 1]),
    };
    expect(formatVector(vectorAt(normals, 0.1, 0.5)!)).toBe('0.00, 0.60, -0.80');
    expect(vectorAt(normals, 0.5, 0.5)).toBeNull();
    expect(vectorAt(normals, 0.9, 0.5)).toBeNull();
    expect(vectorAt(normals, 1, 0.5)).toBeNull();
  });
});

describe('layers', () => {
  it('show the picture and the truth by default', () => {
    expect(firstVisible(layers)).toEqual(['rgb', 'gt']);
    expect(firstVisible([rgb, dpt])).toEqual(['rgb', 'dpt']);
    expect(firstVisible([rgb])).toEqual(['rgb']);
  });

  it('are drawn in the order of selection over the picture', () => {
    expect(toggled(['rgb', 'dpt'], gt)).toEqual(['rgb', 'dpt', 'gt']);
    expect(toggled(['dpt'], rgb)).toEqual(['rgb', 'dpt']);
    expect(toggled(['rgb', 'gt', 'dpt'], gt)).toEqual(['rgb', 'dpt']);
    expect(alone(layers, dpt)).toEqual(['rgb', 'dpt']);
  });

  it('of auxiliary maps do not change the shortcuts of others, and are loaded only while visible', () => {
    expect(numbered(withFurther)).toEqual(layers);
    expect(layersToLoad(withFurther, ['rgb', 'gt'])).toEqual([gt, fast, dpt]);
    expect(layersToLoad(withFurther, ['rgb', 'fastdepth.mask'])).toEqual([gt, fast, mask, dpt]);
    expect(layerName(uncertainty)).toBe('fastdepth · uncertainty');
    expect(layerName(fast)).toBe('fastdepth');
  });

  it('share one pane, or have one each in the dataset’s order', () => {
    expect(panelsOf(layers, ['rgb', 'dpt', 'gt'], 'stack')).toEqual([[rgb, dpt, gt]]);
    expect(panelsOf(layers, ['rgb', 'dpt', 'gt'], 'side')).toEqual([[rgb], [gt], [dpt]]);
    expect(panelsOf(layers, [], 'side')).toEqual([[]]);
  });

  it('omit names that the dataset does not have', () => {
    expect(stacked(layers, ['gone', 'dpt', 'rgb'])).toEqual([dpt, rgb]);
    expect(overlays(stacked(layers, ['rgb', 'gt']))).toEqual([gt]);
  });
});

describe('looks', () => {
  const spread = (low: number, high: number): Spread => ({
    low,
    high,
    minimum: low,
    maximum: high,
    maps: 1,
    counts: [],
  });
  const look: Look = {
    colormap: { name: 'x', table: new Uint8Array(768) },
    furtherColormap: { name: 'y', table: new Uint8Array(768) },
    reversed: false,
    missing: 'transparent',
    choices: { dpt: { mode: 'map' } },
    shared: sharedRanges([gt, fast, dpt], [spread(1, 5), spread(2, 9), undefined]),
  };

  it('share one range between layers of one unit', () => {
    expect(rangeOf(look, gt, undefined)).toEqual({ low: 1, high: 9 });
    expect(rangeOf(look, fast, undefined)).toEqual({ low: 1, high: 9 });
  });

  it('use a map’s own range if chosen, once the map is loaded', () => {
    expect(rangeOf(look, dpt, undefined)).toBeNull();
    expect(rangeOf(look, dpt, map)!.low).toBeGreaterThanOrEqual(1);
    expect(rangeOf(look, dpt, map)!.high).toBeLessThanOrEqual(3);
  });

  it('use the ends that the user sets, and flip inverse depth', () => {
    const fixed: Look = { ...look, choices: { m: { mode: 'fixed', interval: { low: 3, high: 4 } } } };
    expect(rangeOf(fixed, gt, undefined)).toEqual({ low: 3, high: 4 });
    expect(styleOf(look, dpt, map)!.flip).toBe(true);
    expect(styleOf(fixed, gt, map)!.flip).toBe(false);
    expect(styleOf(fixed, dpt, map)).toBeNull();
  });
});

describe('looks of auxiliary maps', () => {
  const look: Look = {
    colormap: { name: 'x', table: new Uint8Array(768) },
    furtherColormap: { name: 'y', table: new Uint8Array(768) },
    reversed: false,
    missing: 'transparent',
    choices: {},
    shared: new Map([['fastdepth.uncertainty', { low: 5, high: 6 }]]),
  };

  it('use their own colours, over each map’s own range', () => {
    const style = styleOf(look, uncertainty, map)!;
    expect(style.colormap.name).toBe('y');
    expect(style.range.low).toBeGreaterThanOrEqual(1);
    expect(style.range.high).toBeLessThanOrEqual(3);
    expect(rangeOf({ ...look, choices: { 'fastdepth.uncertainty': { mode: 'dataset' } } }, uncertainty, map)).toEqual({
      low: 5,
      high: 6,
    });
  });

  it('always cover 0 to 1 for a mask', () => {
    const full = { ...map, values: new Float32Array([1, 1, 1, 1]) };
    const choices: Look['choices'] = { 'fastdepth.mask': { mode: 'fixed', interval: { low: 3, high: 4 } } };
    expect(rangeOf(look, mask, full)).toEqual({ low: 0, high: 1 });
    expect(rangeOf({ ...look, choices }, mask, undefined)).toEqual({ low: 0, high: 1 });
  });
});

describe('text', () => {
  it('keeps about four digits', () => {
    expect([0, 0.01234, 0.5, 4.04, 49.8916, 104.006, 65535, 1.5e-7, 2e9].map(formatNumber)).toEqual([
      '0.000',
      '0.0123',
      '0.500',
      '4.040',
      '49.89',
      '104.0',
      '65535',
      '1.50e-7',
      '2.00e+9',
    ]);
    expect(formatValue(1.5, 'm')).toBe('1.500 m');
    expect(formatValue(NaN, 'm')).toBe('–');
  });

  it('marks a colour bar with round numbers inside it', () => {
    expect(ticks(0.3, 10, 5)).toEqual([2, 4, 6, 8, 10]);
    expect(ticks(-1, 1, 4)).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(ticks(1, 1, 4)).toEqual([]);
    expect(ticks(0, Infinity, 4)).toEqual([]);
    expect(formatTick(0.3, 0.1)).toBe('0.3');
    expect(formatTick(20, 10)).toBe('20');
  });
});
