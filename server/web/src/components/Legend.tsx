import { flips } from '../model/colour';
import { valueAt } from '../model/floatMap';
import { rangeOf, type Look } from '../model/look';
import { ColourBar } from './ColourBar';
import type { LoadedLayer, Point } from './Pane';
import './Legend.css';

/** A colour bar for every layer on show, with the value under the pointer marked on it. */
export function Legend({ layers, look, point }: { layers: readonly LoadedLayer[]; look: Look; point: Point | null }) {
  if (layers.length === 0) {
    return null;
  }
  return (
    <section className="legend" aria-label="Colour bars">
      <h2>Colours</h2>
      {layers.map(({ layer, map }) => {
        const range = rangeOf(look, layer, map);
        const marker = map !== undefined && point !== null ? valueAt(map, point.x, point.y) : NaN;
        return (
          range !== null && (
            <div key={layer.name}>
              <div className="legend-name">
                <span>{layer.name}</span>
                <span className="soft">{layer.unit === '' ? 'no unit' : layer.unit}</span>
              </div>
              <ColourBar
                label={layer.name}
                colormap={look.colormap}
                flip={flips(layer.inverse, look.reversed)}
                range={range}
                unit={layer.unit}
                marker={marker}
              />
            </div>
          )
        );
      })}
    </section>
  );
}
