import { cssGradient, type Colormap } from '../../model/colour';
import { layerName, stacked } from '../../model/layers';
import type { Look } from '../../model/look';
import type { Dataset } from '../../api/wire';
import { useColormaps } from '../../api/queries';
import { useStore } from '../../state/store';
import { Icon } from '../../ui/Icon';
import { useVisible } from '../../hooks/useVisible';
import './SchemePicker.css';

/** The colour scheme of depth and, while one is on show, of what lies beside it; their direction, and missing values. */
export function SchemePicker({ dataset, look }: { dataset: Dataset; look: Look }) {
  const setColormap = useStore((state) => state.setColormap);
  const setFurtherColormap = useStore((state) => state.setFurtherColormap);
  const setReversed = useStore((state) => state.setReversed);
  const setMissing = useStore((state) => state.setMissing);
  const { colormap, furtherColormap, reversed, missing } = look;
  const visible = useVisible(dataset);
  const beside = stacked(dataset.layers, visible).filter(
    (layer) => layer.further && layer.further.drawing !== 'normal',
  );
  return (
    <>
      {beside.length > 0 && <p className="schemes-note soft">depth</p>}
      <Schemes title="Colour scheme" chosen={colormap} reversed={reversed} onChoose={setColormap} />
      {beside.length > 0 && (
        <>
          <p className="schemes-note soft">{beside.map(layerName).join(', ')}</p>
          <Schemes
            title="Colour scheme beside depth"
            chosen={furtherColormap}
            reversed={reversed}
            onChoose={setFurtherColormap}
          />
        </>
      )}
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
