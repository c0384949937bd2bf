import { colourOf, flips } from '../model/colour';
import { valueAt } from '../model/floatMap';
import { rangeOf, type Look } from '../model/look';
import { formatValue } from '../model/text';
import { layerTitle } from './LayerList';
import type { LoadedLayer, Point } from './Pane';
import './Readout.css';

/** The value of every layer under the pointer, in its unit and colour. */
export function Readout(props: {
  layers: readonly LoadedLayer[];
  look: Look | null;
  point: Point | null;
  width: number;
  height: number;
}) {
  const { layers, look, point, width, height } = props;
  return (
    <section className="readout" aria-label="Under the pointer">
      <h2>
        Under the pointer
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
  const { layer, map } = loaded;
  const value = map === undefined || point === null ? NaN : valueAt(map, point.x, point.y);
  const range = look === null ? null : rangeOf(look, layer, map);
  const colour =
    look === null || range === null || !Number.isFinite(value)
      ? undefined
      : colourOf(look.colormap, value, range, flips(layer.inverse, look.reversed));
  const text = map === undefined ? 'none' : point !== null && !Number.isFinite(value) ? 'missing' : undefined;
  return (
    <div className="readout-row">
      <dt>
        <span className="readout-colour" style={{ background: colour }} />
        {layerTitle(layer)}
      </dt>
      <dd data-layer={layer.name} className={text === undefined ? undefined : 'soft'}>
        {text ?? (point === null ? '–' : formatValue(value, layer.unit))}
      </dd>
    </div>
  );
}
