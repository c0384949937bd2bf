import { cssGradient, type Colormap } from '../../model/colour';
import { layerName, stacked } from '../../model/layers';
import type { Look } from '../../model/look';
import type { Dataset } from '../../api/wire';
import { useColormaps } from '../../api/queries';
import { change } from '../../state/screenStore';
import { Icon } from '../../ui/Icon';
import { useVisible } from '../../hooks/useVisible';
import './SchemePicker.css';

/** The colour schemes of depth and, if one is visible, of auxiliary maps; their direction, and the colour of missing values. */
export function SchemePicker({ dataset, look }: { dataset: Dataset; look: Look }) {
  const { colormap, furtherColormap, reversed, missing } = look;
  const visible = useVisible(dataset);
  const otherMaps = stacked(dataset.layers, visible).filter(
    (layer) => layer.further && layer.further.drawing !== 'normal',
  );
  return (
    <>
      {otherMaps.length > 0 && <p className="schemes-note soft">depth</p>}
      <Schemes
        title="Colour scheme"
        chosen={colormap}
        reversed={reversed}
        onChoose={(name) => change({ colormap: name })}
      />
      {otherMaps.length > 0 && (
        <>
          <p className="schemes-note soft">{otherMaps.map(layerName).join(', ')}</p>
          <Schemes
            title="Colour scheme of other maps"
            chosen={furtherColormap}
            reversed={reversed}
            onChoose={(name) => change({ furtherColormap: name })}
          />
        </>
      )}
      <div className="scheme-options">
        <button
          className="button scheme-reverse"
          role="switch"
          aria-checked={reversed}
          title="Reverse the colour scheme"
          onClick={() => change({ reversed: !reversed })}
        >
          <Icon name="flip" size={14} /> Reverse
        </button>
        <label className="scheme-missing">
          <input
            type="checkbox"
            checked={missing !== 'transparent'}
            onChange={(event) => change({ missing: event.target.checked ? '#ff00ff' : 'transparent' })}
          />
          Mark missing
        </label>
        {missing !== 'transparent' && (
          <input
            type="color"
            aria-label="Colour of missing values"
            value={missing}
            onChange={(event) => change({ missing: event.target.value as `#${string}` })}
          />
        )}
      </div>
    </>
  );
}

function Schemes(props: { title: string; chosen: Colormap; reversed: boolean; onChoose: (name: string) => void }) {
  const { title, chosen, reversed, onChoose } = props;
  const { data: colormaps = [] } = useColormaps();
  return (
    <details className="schemes">
      <summary className="schemes-current" aria-label={`${title}: ${chosen.name}`}>
        <span className="scheme-colours" style={{ background: cssGradient(chosen, reversed) }} />
        <span>{chosen.name}</span>
      </summary>
      <fieldset className="schemes-list">
        <legend className="hidden">{title}</legend>
        {colormaps.map((each) => (
          <label key={each.name} className="scheme">
            <input
              className="hidden"
              type="radio"
              name={title}
              checked={each.name === chosen.name}
              onChange={() => onChoose(each.name)}
            />
            <span className="scheme-line">
              <span className="scheme-colours" style={{ background: cssGradient(each, reversed) }} />
              <span>{each.name}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}
