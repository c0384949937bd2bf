import type { LoadedMap } from './floatMap';
import type { Layer } from '../api/wire';

/** Layers on top of each other, or one panel per layer. */
export type Arrangement = 'stack' | 'side';

/** A layer with its loaded values. */
export interface LoadedLayer extends LoadedMap {
  readonly layer: Layer;
}

/** Returns the default layers: the picture with the truth over it, or with the first prediction if there is no truth. */
export function firstVisible(layers: readonly Layer[]): readonly string[] {
  const image = layers.filter((layer) => layer.role === 'image').map((layer) => layer.name);
  const truth = layers.find((layer) => layer.role === 'truth') ?? layers.find((layer) => layer.role === 'prediction');
  return truth === undefined ? image : [...image, truth.name];
}

/** Shows or hides a layer; the latest is on top, the picture always at the bottom. */
export function toggled(visible: readonly string[], layer: Layer): readonly string[] {
  if (visible.includes(layer.name)) {
    return visible.filter((name) => name !== layer.name);
  }
  return layer.role === 'image' ? [layer.name, ...visible] : [...visible, layer.name];
}

/** Returns the picture and this layer. */
export function alone(layers: readonly Layer[], layer: Layer): readonly string[] {
  return layers.filter((each) => each.role === 'image' || each.name === layer.name).map((each) => each.name);
}

/** Returns the visible layers from bottom to top; unknown names are ignored. */
export function stacked(layers: readonly Layer[], visible: readonly string[]): readonly Layer[] {
  return visible.flatMap((name) => layers.filter((layer) => layer.name === name));
}

/** The display name of a layer. */
export function layerName({ name, further }: Layer): string {
  return further === null ? name : `${further.field} · ${further.map}`;
}

/** The layers that the keys 1 to 9 toggle. Auxiliary maps have no key, so that adding one does not renumber the others. */
export function numbered(layers: readonly Layer[]): readonly Layer[] {
  return layers.filter((layer) => layer.role !== 'map');
}

/** The maps to load for one sample: all depth maps (for the readout), and the visible auxiliary maps. */
export function layersToLoad(layers: readonly Layer[], visible: readonly string[]): readonly Layer[] {
  return overlays(layers).filter((layer) => layer.role !== 'map' || visible.includes(layer.name));
}

/** The layers of a stack except the picture. */
export function overlays(stack: readonly Layer[]): readonly Layer[] {
  return stack.filter((layer) => layer.role !== 'image');
}

/** The layers of each panel: one panel with the whole stack, or one panel per layer in the dataset's order. */
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

/** The title of a layer in the page. */
export function layerTitle(layer: Layer): string {
  switch (layer.role) {
    case 'image':
      return 'Image';
    case 'truth':
      return `Truth · ${layer.name}`;
    case 'prediction':
    case 'map':
      return layerName(layer);
  }
}
