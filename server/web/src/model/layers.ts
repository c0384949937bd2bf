import type { Arrangement } from '../state/screen';
import type { Layer } from '../api/wire';

/** The layers on show at first: the picture, and the truth over it. */
export function firstVisible(layers: readonly Layer[]): readonly string[] {
  const image = layers.filter((layer) => layer.role === 'image').map((layer) => layer.name);
  const truth = layers.find((layer) => layer.role === 'truth') ?? layers.find((layer) => layer.role === 'prediction');
  return truth === undefined ? image : [...image, truth.name];
}

/** Shows or hides a layer; the one shown last lies on top, the picture always at the bottom. */
export function toggled(visible: readonly string[], layer: Layer): readonly string[] {
  if (visible.includes(layer.name)) {
    return visible.filter((name) => name !== layer.name);
  }
  return layer.role === 'image' ? [layer.name, ...visible] : [...visible, layer.name];
}

/** Only this layer over the picture. */
export function alone(layers: readonly Layer[], layer: Layer): readonly string[] {
  return layers.filter((each) => each.role === 'image' || each.name === layer.name).map((each) => each.name);
}

/** The layers on show from bottom to top; names that the dataset does not have are left out. */
export function stacked(layers: readonly Layer[], visible: readonly string[]): readonly Layer[] {
  return visible.flatMap((name) => layers.filter((layer) => layer.name === name));
}

/** What people call a layer. */
export function layerName({ name, further }: Layer): string {
  return further === null ? name : `${further.field} · ${further.map}`;
}

/** The layers that the digits 1 to 9 stand for: not what predictions have beside depth, so that a digit stays with its layer. */
export function numbered(layers: readonly Layer[]): readonly Layer[] {
  return layers.filter((layer) => layer.role !== 'map');
}

/** The maps to read for one sample: depth for its values, and of what predictions have beside it what is on show. */
export function wanted(layers: readonly Layer[], visible: readonly string[]): readonly Layer[] {
  return overlays(layers).filter((layer) => layer.role !== 'map' || visible.includes(layer.name));
}

/** The layers of a stack that lie over the picture. */
export function overlays(stack: readonly Layer[]): readonly Layer[] {
  return stack.filter((layer) => layer.role !== 'image');
}

/** What each panel shows: the whole stack in one, or every layer of it in its own, in the dataset's order. */
export function panelsOf(
  layers: readonly Layer[],
  visible: readonly string[],
  arrangement: Arrangement,
): readonly (readonly Layer[])[] {
  const stack = stacked(layers, visible);
  return arrangement === 'side' && stack.length > 0
    ? layers.filter((layer) => stack.includes(layer)).map((layer) => [layer])
    : [stack];
}
