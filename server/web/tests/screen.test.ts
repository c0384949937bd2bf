import { describe, expect, it } from 'vitest';

import { FIRST_SCREEN, fromLink, toLink, type Screen } from '../src/state/screen';

const through = (screen: Screen) => {
  const address = new URL(toLink(screen), 'http://localhost');
  return fromLink(address.pathname, address.search);
};

describe('links', () => {
  it('restore every choice', () => {
    const screen: Screen = {
      dataset: 'rooms 7/é',
      sample: '00ff00ff00ff00ff',
      visible: ['rgb', 'dpt, large', 'a:b'],
      opacity: { dpt: 0.25, 'a:b': 0 },
      colormap: 'Spectral',
      furtherColormap: 'magma',
      reversed: true,
      missing: '#ff00ff',
      ranges: {
        m: { mode: 'fixed', interval: { low: -0.5, high: 12.25 } },
        dpt: { mode: 'map' },
        'dpt.uncertainty': { mode: 'dataset' },
      },
      filters: { 'dpt.article.rmse': { low: 1.5, high: 70 }, 'x~y': { low: -2, high: -1 } },
      sort: { column: '-odd name', descending: true },
      tile: 300,
      arrangement: 'side',
      view: { zoom: 4, x: 0.25, y: 0.75 },
    };
    expect(through(screen)).toEqual(screen);
  });

  it('distinguish no layers from the default layers', () => {
    expect(through({ ...FIRST_SCREEN, visible: [] }).visible).toEqual([]);
    expect(through(FIRST_SCREEN).visible).toBeNull();
  });

  it('are short for the first screen', () => {
    expect(toLink(FIRST_SCREEN)).toBe('/');
    expect(toLink({ ...FIRST_SCREEN, dataset: 'rooms' })).toBe('/datasets/rooms');
  });

  it('never contain the token', () => {
    expect(toLink(fromLink('/datasets/rooms', '?token=secret&colours=magma'))).toBe('/datasets/rooms?colours=magma');
  });

  it.each([
    ['?range=m:9~1', 'ranges', {}],
    ['?range=m:~', 'ranges', {}],
    ['?filter=a:1~b', 'filters', {}],
    ['?filter=:1~2', 'filters', {}],
    ['?opacity=gt:7,dpt:x', 'opacity', {}],
    ['?missing=red', 'missing', 'transparent'],
    ['?tile=9999', 'tile', FIRST_SCREEN.tile],
    ['?view=0.5,0,0', 'view', FIRST_SCREEN.view],
    ['?view=2,nan,0', 'view', FIRST_SCREEN.view],
    ['?panes=upside', 'arrangement', 'stack'],
    ['?layers=%25E0%25A4%25A', 'visible', ['%E0%A4%A']],
  ] as const)('take %s as if it were not there', (search, key, expected) => {
    expect(fromLink('/datasets/rooms', search)[key]).toEqual(expected);
  });
});
