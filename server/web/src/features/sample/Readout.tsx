import { colourOf, flips, normalColour } from '../../model/colour';
import { valueAt, vectorAt, type FloatMap } from '../../model/floatMap';
import { colormapOf, rangeOf, type Look } from '../../model/look';
import { layerTitle, type LoadedLayer } from '../../model/layers';
import { formatValue, formatVector } from '../../model/text';
import type { Layer } from '../../api/wire';
import type { Point } from '../../model/viewport';
import './Readout.css';

/** The value of every layer at the pointer, with its unit and colour. */
export function Readout(props: {
  layers: readonly LoadedLayer[];
  look: Look | null;
  point: Point | null;
  width: number;
  height: number;
}) {
  const { layers, look, point, width, height } = props;
  return (
    <section className="readout" aria-label="Values at the pointer">
      <h2>
        Values at the pointer
        <span className="readout-place soft">
          {point === null ? '–' : `${Math.floor(point.x * width)}, ${Math.floor(point.y * height)}`}
        </span>
      </h2>
      <dl>
        {layers.map((each) => (
          <Value key={each.layer.name} loaded={each} look={look} point={point} />
        ))}
      </dl>
    </section>
  );
}

function Value({ loaded, look, point }: { loaded: LoadedLayer; look: Look | null; point: Point | null }) {
  const { layer, map, error } = loaded;
  const found = map === undefined || point === null ? null : under(layer, map, point, look);
  const text =
    error !== null
      ? 'not readable'
      : map === undefined
        ? 'none'
        : point !== null && found === null
          ? 'missing'
          : undefined;
  return (
    <div className="readout-row">
      <dt>
        <span className="readout-colour" style={{ background: found?.colour }} />
        {layerTitle(layer)}
      </dt>
      <dd data-layer={layer.name} className={text === undefined ? undefined : 'soft'}>
        {text ?? found?.text ?? '–'}
      </dd>
    </div>
  );
}

/** Returns the value at a point, and its colour if the range is known; null if the map has no value there. */
function under(layer: Layer, map: FloatMap, point: Point, look: Look | null): { text: string; colour?: string } | null {
  if (map.channels === 3) {
    const vector = vectorAt(map, point.x, point.y);
    return vector && { text: formatVector(vector), colour: normalColour(vector) };
  }
  const value = valueAt(map, point.x, point.y);
  if (!Number.isFinite(value)) {
    return null;
  }
  const text = layer.further?.drawing === 'mask' ? String(value) : formatValue(value, layer.unit);
  const range = look && rangeOf(look, layer, map);
  return look === null || range === null
    ? { text }
    : { text, colour: colourOf(colormapOf(look, layer), value, range, flips(layer.inverse, look.reversed)) };
}
