import { describe, expect, it } from 'vitest';

import { panBy, pictureAt, place, WHOLE, zoomAt } from '../src/model/viewport';

const picture = { width: 640, height: 480 };
const pane = { width: 1000, height: 500 };

describe('viewport', () => {
  it('centres the whole picture in the pane', () => {
    const { scale, left, top } = place(WHOLE, picture, pane);
    expect(scale).toBeCloseTo(500 / 480);
    expect(top).toBeCloseTo(0);
    expect(left).toBeCloseTo((1000 - 640 * scale) / 2);
  });

  it('keeps the point under the pointer while zooming', () => {
    let view = WHOLE;
    for (const factor of [1.3, 2, 1.1, 0.8]) {
      const before = pictureAt(view, picture, pane, 420, 130);
      view = zoomAt(view, factor, picture, pane, 420, 130);
      const after = pictureAt(view, picture, pane, 420, 130);
      expect(after.x).toBeCloseTo(before.x, 9);
      expect(after.y).toBeCloseTo(before.y, 9);
    }
  });

  it('limits the zoom to the whole picture and to 64 times', () => {
    expect(zoomAt({ zoom: 1.2, x: 0.1, y: 0.9 }, 0.5, picture, pane, 10, 10)).toEqual(WHOLE);
    expect(zoomAt(WHOLE, 1e9, picture, pane, 500, 250).zoom).toBe(64);
  });

  it('moves with the pointer and keeps the centre inside the picture', () => {
    const view = { zoom: 2, x: 0.5, y: 0.5 };
    const scale = place(view, picture, pane).scale;
    expect(panBy(view, 64 * scale, 0, picture, pane).x).toBeCloseTo(0.4);
    expect(panBy(view, 1e6, -1e6, picture, pane)).toEqual({ zoom: 2, x: 0, y: 1 });
  });
});
