import { memo, useEffect, useMemo, useRef } from 'react';

import { thumbnailAddress } from '../../api/api';
import { painter } from '../../gl/Painter';
import { layerTitle, overlays } from '../../model/layers';
import { styleOf, type Look } from '../../model/look';
import { toLink } from '../../state/screen';
import { PICTURE, type Dataset, type Layer } from '../../api/wire';
import { useMaps } from '../../api/queries';
import { openSample, useScreen } from '../../state/screenStore';
import './Tile.css';

const THUMBNAIL_SIDE = 320;
const MAP_SIDE = 192;

/**
 * One sample of the grid: a thumbnail with the visible layers over it, or one panel per layer; its name, and the number
 * it is sorted by.
 */
export const Tile = memo(function Tile(props: {
  dataset: Dataset;
  index: number;
  place: number;
  look: Look | null;
  /** Layers of each panel, from left to right. */
  panels: readonly (readonly Layer[])[];
  width: number;
  height: number;
  caption: string;
  focusable: boolean;
  onFocus: (place: number) => void;
}) {
  const { dataset, index, place, look, panels, width, height, caption, focusable, onFocus } = props;
  const opacity = useScreen((state) => state.opacity[PICTURE] ?? 1);
  const id = dataset.samples.ids[index]!;
  const name = dataset.samples.names[index]!;
  const version = dataset.samples.versions[PICTURE]?.[index] ?? '';
  return (
    <a
      className="tile"
      href={toLink({ ...useScreen.getState(), sample: id })}
      data-place={place}
      tabIndex={focusable ? 0 : -1}
      aria-label={caption === '' ? name : `${name}, ${caption}`}
      style={{ width }}
      onFocus={() => onFocus(place)}
      onClick={(event) => {
        if (!event.metaKey && !event.ctrlKey && !event.shiftKey) {
          event.preventDefault();
          openSample(id);
        }
      }}
    >
      <span className="tile-panels">
        {panels.map((layers) => (
          <span key={layers[0]?.name ?? ''} className="tile-picture" style={{ height }}>
            <img
              className={layers.some((layer) => layer.role === 'image') ? 'tile-image' : 'tile-image not-shown'}
              style={{ opacity }}
              src={thumbnailAddress(dataset.name, id, version, THUMBNAIL_SIDE)}
              alt=""
              draggable={false}
              decoding="async"
            />
            <Overlay dataset={dataset} index={index} look={look} stack={layers} />
            {panels.length > 1 && layers[0] !== undefined && (
              <span className="tile-label" aria-hidden="true">
                {layerTitle(layers[0])}
              </span>
            )}
          </span>
        ))}
      </span>
      <span className="tile-caption">
        <span className="tile-name" title={name}>
          {name}
        </span>
        {caption !== '' && <span className="tile-number">{caption}</span>}
      </span>
    </a>
  );
});

/** The visible maps, drawn into one canvas with the picture's aspect ratio. */
function Overlay(props: { dataset: Dataset; index: number; look: Look | null; stack: readonly Layer[] }) {
  const { dataset, index, look, stack } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const opacity = useScreen((state) => state.opacity);
  const layers = useMemo(() => overlays(stack), [stack]);
  const maps = useMaps(dataset, index, layers, MAP_SIDE);
  const aspect = dataset.samples.heights[index]! / dataset.samples.widths[index]!;
  const across = aspect < 1 ? MAP_SIDE : Math.max(1, Math.round(MAP_SIDE / aspect));
  const down = aspect < 1 ? Math.max(1, Math.round(MAP_SIDE * aspect)) : MAP_SIDE;
  useEffect(() => {
    const target = canvas.current?.getContext('2d');
    if (!target || look === null) {
      return;
    }
    target.clearRect(0, 0, across, down);
    layers.forEach((layer, i) => {
      const map = maps[i]?.map;
      const style = map && styleOf(look, layer, map);
      if (map && style) {
        target.globalAlpha = opacity[layer.name] ?? 1;
        painter.paint(target, map, style);
      }
    });
  }, [maps, look, layers, opacity, across, down]);
  return <canvas ref={canvas} className="tile-overlay overlay" width={across} height={down} aria-hidden="true" />;
}
