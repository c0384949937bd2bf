import { describe, expect, it } from 'vitest';

import {
  colourIndex,
  colourOf,
  cssGradient,
  flips,
  missingRgba,
  normalColour,
  parseColormap,
} from '../src/model/colour';

const grey = parseColormap({
  name: 'grey',
  colours: Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0').repeat(3)).join(''),
});
const unit = { low: 0, high: 1 };

describe('colourIndex', () => {
  it('truncates the share of the range times 256', () => {
    expect([0, 1 / 256 - 1e-9, 1 / 256, 0.5, 0.999, 1].map((value) => colourIndex(value, unit, false))).toEqual([
      0, 0, 1, 128, 255, 255,
    ]);
  });

  it('uses the end colours for values outside', () => {
    expect(colourIndex(-7, unit, false)).toBe(0);
    expect(colourIndex(7, unit, false)).toBe(255);
  });

  it('is reversed if flipped', () => {
    expect(colourIndex(0, unit, true)).toBe(255);
    expect(colourIndex(1, unit, true)).toBe(0);
  });
});

describe('colour schemes', () => {
  it('have 256 colours, otherwise an error is thrown', () => {
    expect(colourOf(grey, 0.5, unit, false)).toBe('rgb(128 128 128)');
    expect(() => parseColormap({ name: 'short', colours: '440154' })).toThrow(/short: expected 256 colours/);
    expect(() => parseColormap({ name: 'odd', colours: 'x'.repeat(1536) })).toThrow(/odd/);
  });

  it('become a gradient from the first colour to the last', () => {
    const gradient = cssGradient(grey, false);
    expect(gradient).toMatch(/^linear-gradient\(to right, rgb\(0 0 0\)/);
    expect(gradient).toMatch(/rgb\(255 255 255\)\)$/);
  });

  it('are reversed for inverse depth, so that far has the same colour in every layer', () => {
    expect(flips(true, false)).toBe(true);
    expect(flips(false, false)).toBe(false);
    expect(flips(true, true)).toBe(false);
  });

  it('show missing values as transparent or as a given colour', () => {
    expect(missingRgba('transparent')).toEqual([0, 0, 0, 0]);
    expect(missingRgba('#ff0080')).toEqual([1, 0, 128 / 255, 1]);
  });
});

describe('normalColour', () => {
  it('is (n + 1) / 2 as red, green and blue', () => {
    expect(normalColour([0, 0, -1])).toBe('rgb(128 128 0)');
    expect(normalColour([1, -1, 0.2])).toBe('rgb(255 0 153)');
  });
});
