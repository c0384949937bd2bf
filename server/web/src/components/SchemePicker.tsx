import { cssGradient } from '../model/colour';
import type { Look } from '../model/look';
import { useColormaps } from '../queries';
import { useStore } from '../store';
import { Icon } from './Icon';
import './SchemePicker.css';

/** The colour scheme, its direction, and what missing values look like. */
export function SchemePicker({ look }: { look: Look }) {
  const { data: colormaps = [] } = useColormaps();
  const setColormap = useStore((state) => state.setColormap);
  const setReversed = useStore((state) => state.setReversed);
  const setMissing = useStore((state) => state.setMissing);
  const { colormap, reversed, missing } = look;
  return (
    <>
      <details className="schemes">
        <summary className="schemes-current" aria-label={`Colour scheme: ${colormap.name}`}>
          <span className="scheme-colours" style={{ background: cssGradient(colormap, reversed) }} />
          <span>{colormap.name}</span>
        </summary>
        <fieldset className="schemes-list">
          <legend className="hidden">Colour scheme</legend>
          {colormaps.map((each) => (
            <label key={each.name} className="scheme">
              <input
                className="hidden"
                type="radio"
                name="scheme"
                checked={each.name === colormap.name}
                onChange={() => setColormap(each.name)}
              />
              <span className="scheme-line">
                <span className="scheme-colours" style={{ background: cssGradient(each, reversed) }} />
                <span>{each.name}</span>
              </span>
            </label>
          ))}
        </fieldset>
      </details>
      <div className="scheme-options">
        <button
          className="button scheme-reverse"
          role="switch"
          aria-checked={reversed}
          title="Run the colours backwards"
          onClick={() => setReversed(!reversed)}
        >
          <Icon name="flip" size={14} /> Reverse
        </button>
        <label className="scheme-missing">
          <input
            type="checkbox"
            checked={missing !== 'transparent'}
            onChange={(event) => setMissing(event.target.checked ? '#ff00ff' : 'transparent')}
          />
          Mark missing
        </label>
        {missing !== 'transparent' && (
          <input
            type="color"
            aria-label="Colour of missing values"
            value={missing}
            onChange={(event) => setMissing(event.target.value as `#${string}`)}
          />
        )}
      </div>
    </>
  );
}
