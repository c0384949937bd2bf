import { colourOf, flips, normalColour } from '../../model/colour';
import { valueAt } from '../../model/floatMap';
import { layerName, type LoadedLayer } from '../../model/layers';
import { colormapOf, rangeOf, type Look } from '../../model/look';
import type { Interval } from '../../model/range';
import type { Layer } from '../../api/wire';
import { ColourBar } from './ColourBar';
import type { Point } from '../../model/viewport';
import './Legend.css';

interface Swatch {
  readonly colour: string;
  readonly text: string;
}

const AXES: readonly Swatch[] = [
  { colour: normalColour([1, 0, 0]), text: 'x, right' },
  { colour: normalColour([0, 1, 0]), text: 'y, down' },
  { colour: normalColour([0, 0, -1]), text: '−z, towards the camera' },
];

/** The colours of every visible layer: a colour bar with the value at the pointer, or a list of colours and meanings. */
export function Legend({ layers, look, point }: { layers: readonly LoadedLayer[]; look: Look; point: Point | null }) {
  if (layers.length === 0) {
    return null;
  }
  return (
    <section className="legend" aria-label="Colour bars">
      <h2>Colours</h2>
      {layers.map(({ layer, map }) => {
        const range = rangeOf(look, layer, map);
        return (
          range !== null && (
            <div key={layer.name}>
              <div className="legend-name">
                <span>{layerName(layer)}</span>
                <span className="soft">{layer.unit === '' ? 'no unit' : layer.unit}</span>
              </div>
              <Colours
                layer={layer}
                look={look}
                range={range}
                marker={map !== undefined && point !== null ? valueAt(map, point.x, point.y) : NaN}
              />
            </div>
          )
        );
      })}
    </section>
  );
}

function Colours({ layer, look, range, marker }: { layer: Layer; look: Look; range: Interval; marker: number }) {
  const colormap = colormapOf(look, layer);
  const flip = flips(layer.inverse, look.reversed);
  switch (layer.further?.drawing) {
    case 'normal':
      return <Swatches swatches={AXES} />;
    case 'mask':
      return (
        <Swatches
          swatches={[0, 1].map((value) => ({ colour: colourOf(colormap, value, range, flip), text: String(value) }))}
        />
      );
    case 'values':
    case undefined:
      return (
        <ColourBar
          label={layerName(layer)}
          colormap={colormap}
          flip={flip}
          range={range}
          unit={layer.unit}
          marker={marker}
        />
      );
  }
}

function Swatches({ swatches }: { swatches: readonly Swatch[] }) {
  return (
    <ul className="legend-swatches">
      {swatches.map(({ colour, text }) => (
        <li key={text}>
          <span className="legend-swatch" style={{ background: colour }} />
          {text}
        </li>
      ))}
    </ul>
  );
}
