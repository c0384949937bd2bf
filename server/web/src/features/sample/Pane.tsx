import { useEffect, useRef, type PointerEvent } from 'react';

import { imageAddress } from '../../api/api';
import { painter } from '../../gl/Painter';
import type { FloatMap } from '../../model/floatMap';
import { styleOf, type Look } from '../../model/look';
import { panBy, pictureAt, place, zoomAt, type Size, type Viewport, type Point } from '../../model/viewport';
import { PICTURE, type Dataset, type Layer } from '../../api/wire';
import { useScreen } from '../../state/screenStore';
import { useSize } from '../../hooks/useSize';
import type { LoadedLayer } from '../../model/layers';
import './Pane.css';

const WHEEL_PER_DOUBLING = 300;

/** One sample's picture and maps over each other, zoomed by the wheel at the pointer and moved by dragging. */
export function Pane(props: {
  dataset: Dataset;
  index: number;
  title: string;
  withImage: boolean;
  layers: readonly LoadedLayer[];
  look: Look | null;
  view: Viewport;
  point: Point | null;
  onView: (view: Viewport) => void;
  onPoint: (point: Point | null) => void;
}) {
  const { dataset, index, title, withImage, layers, look, view, point, onView, onPoint } = props;
  const frame = useRef<HTMLDivElement>(null);
  const pane = useSize(frame);
  const drag = useRef<{ x: number; y: number } | null>(null);
  const opacity = useScreen((state) => state.opacity[PICTURE] ?? 1);
  const { ids, widths, heights, versions } = dataset.samples;
  const picture: Size = { width: widths[index]!, height: heights[index]! };
  const { scale, left, top } = place(view, picture, pane);

  useWheelZoom(frame, (factor, px, py) => onView(zoomAt(view, factor, picture, pane, px, py)));

  const within = (event: PointerEvent): { px: number; py: number } => {
    const box = event.currentTarget.getBoundingClientRect();
    return { px: event.clientX - box.left, py: event.clientY - box.top };
  };
  const onPointerMove = (event: PointerEvent) => {
    const { px, py } = within(event);
    if (drag.current !== null) {
      onView(panBy(view, px - drag.current.x, py - drag.current.y, picture, pane));
      drag.current = { x: px, y: py };
    }
    const at = pictureAt(view, picture, pane, px, py);
    onPoint(at.x >= 0 && at.x < 1 && at.y >= 0 && at.y < 1 ? at : null);
  };

  return (
    <div
      ref={frame}
      className="pane"
      role="img"
      aria-label={title}
      onPointerDown={(event) => {
        if (event.button === 0) {
          const { px, py } = within(event);
          drag.current = { x: px, y: py };
          event.currentTarget.setPointerCapture(event.pointerId);
        }
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => (drag.current = null)}
      onPointerCancel={() => (drag.current = null)}
      onPointerLeave={() => onPoint(null)}
      onDoubleClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        onView(zoomAt(view, 2, picture, pane, event.clientX - box.left, event.clientY - box.top));
      }}
    >
      <div
        className={scale > 2 ? 'pane-picture pane-pixels' : 'pane-picture'}
        style={{
          width: picture.width * scale,
          height: picture.height * scale,
          transform: `translate(${left}px, ${top}px)`,
        }}
      >
        <img
          className={withImage ? undefined : 'not-shown'}
          style={{ opacity }}
          src={imageAddress(dataset.name, ids[index]!, versions[PICTURE]?.[index] ?? '')}
          alt=""
          draggable={false}
        />
        {layers.map(({ layer, map }) => (
          <MapCanvas key={layer.name} layer={layer} map={map} look={look} />
        ))}
        {point !== null && (
          <span className="pane-point" style={{ left: `${100 * point.x}%`, top: `${100 * point.y}%` }} />
        )}
      </div>
      <span className="pane-title">{title}</span>
    </div>
  );
}

/** One map in colour at its own resolution, stretched over the picture. */
function MapCanvas({ layer, map, look }: { layer: Layer; map: FloatMap | undefined; look: Look | null }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const opacity = useScreen((state) => state.opacity[layer.name] ?? 1);
  useEffect(() => {
    const target = canvas.current?.getContext('2d');
    const style = map && look && styleOf(look, layer, map);
    if (!target || !map) {
      return;
    }
    target.clearRect(0, 0, map.width, map.height);
    if (style) {
      painter.paint(target, map, style);
    }
  }, [layer, map, look]);
  return (
    <canvas
      ref={canvas}
      className="overlay"
      data-layer={layer.name}
      width={map?.width ?? 1}
      height={map?.height ?? 1}
      style={{ opacity }}
      aria-hidden="true"
    />
  );
}

/** Registers a non-passive wheel listener, which can prevent scrolling; React's own listener is passive. */
function useWheelZoom(
  element: React.RefObject<HTMLElement | null>,
  zoom: (factor: number, px: number, py: number) => void,
): void {
  const latest = useRef(zoom);
  useEffect(() => {
    latest.current = zoom;
  });
  useEffect(() => {
    const found = element.current;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = found!.getBoundingClientRect();
      // With Shift held, some systems report the wheel as horizontal.
      const turned = event.deltaY === 0 ? event.deltaX : event.deltaY;
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? turned * 24 : turned;
      latest.current(2 ** (-pixels / WHEEL_PER_DOUBLING), event.clientX - box.left, event.clientY - box.top);
    };
    found?.addEventListener('wheel', onWheel, { passive: false });
    return () => found?.removeEventListener('wheel', onWheel);
  }, [element]);
}
