/** The visible part of a picture: `zoom` 1 shows all of it; (x, y) in [0, 1] is the point of the picture at the centre of the pane. */
export interface Viewport {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

/** A point of the picture in [0, 1), from its top left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A pane's placement of the picture: screen = offset + scale · picture pixel. */
export interface Placement {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

export const WHOLE: Viewport = { zoom: 1, x: 0.5, y: 0.5 };
const MAX_ZOOM = 64;

export function place(view: Viewport, picture: Size, pane: Size): Placement {
  const fit = Math.min(pane.width / picture.width, pane.height / picture.height);
  const scale = fit * view.zoom;
  return {
    scale,
    left: pane.width / 2 - view.x * picture.width * scale,
    top: pane.height / 2 - view.y * picture.height * scale,
  };
}

/** Returns the point of the picture at a point of the pane; inside the picture it is in [0, 1). */
export function pictureAt(view: Viewport, picture: Size, pane: Size, px: number, py: number): Point {
  const { scale, left, top } = place(view, picture, pane);
  return { x: (px - left) / (scale * picture.width), y: (py - top) / (scale * picture.height) };
}

/** Zooms by a factor so that the point of the picture under (px, py) stays there. */
export function zoomAt(view: Viewport, factor: number, picture: Size, pane: Size, px: number, py: number): Viewport {
  const zoom = Math.min(MAX_ZOOM, Math.max(1, view.zoom * factor));
  if (zoom === 1) {
    return WHOLE;
  }
  const held = pictureAt(view, picture, pane, px, py);
  const { scale } = place({ ...view, zoom }, picture, pane);
  return kept({
    zoom,
    x: held.x + (pane.width / 2 - px) / (scale * picture.width),
    y: held.y + (pane.height / 2 - py) / (scale * picture.height),
  });
}

/** Moves the picture by (dx, dy) screen pixels. */
export function panBy(view: Viewport, dx: number, dy: number, picture: Size, pane: Size): Viewport {
  const { scale } = place(view, picture, pane);
  return kept({
    zoom: view.zoom,
    x: view.x - dx / (scale * picture.width),
    y: view.y - dy / (scale * picture.height),
  });
}

function kept(view: Viewport): Viewport {
  const inside = (value: number) => Math.min(1, Math.max(0, value));
  return { zoom: view.zoom, x: inside(view.x), y: inside(view.y) };
}
