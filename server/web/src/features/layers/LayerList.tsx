import { alone, layerTitle, numbered, stacked, toggled } from '../../model/layers';
import type { Dataset, Layer } from '../../api/wire';
import { change, setOpacity, useScreen } from '../../state/screenStore';
import { useVisible } from '../../hooks/useVisible';
import { Icon } from '../../ui/Icon';
import './LayerList.css';

/** The layers in the dataset's order, with controls to show, hide or isolate each and to set its opacity. */
export function LayerList({ dataset }: { dataset: Dataset }) {
  const visible = useVisible(dataset);
  const stacking = useScreen((state) => state.arrangement === 'stack');
  const order = stacked(dataset.layers, visible);
  const digits = numbered(dataset.layers);
  return (
    <ul className="layers">
      {dataset.layers.map((layer) => (
        <LayerRow
          key={layer.name}
          dataset={dataset}
          layer={layer}
          digit={digits.indexOf(layer) + 1}
          shown={visible.includes(layer.name)}
          onTop={stacking && order.length > 1 && order.at(-1) === layer}
        />
      ))}
    </ul>
  );
}

/** One layer; `digit` is its keyboard shortcut, 0 for none. */
function LayerRow(props: { dataset: Dataset; layer: Layer; digit: number; shown: boolean; onTop: boolean }) {
  const { dataset, layer, digit, shown, onTop } = props;
  const visible = useVisible(dataset);
  const opacity = useScreen((state) => state.opacity[layer.name] ?? 1);
  const name = layerTitle(layer);
  const hasDigit = digit >= 1 && digit <= 9;
  const failures = dataset.samples.failures[layer.name]?.filter((reason) => reason !== null).length ?? 0;
  return (
    <li
      className={`layer${shown ? ' layer-shown' : ''}${layer.further === null ? '' : ' layer-further'}`}
      data-layer={layer.name}
    >
      <div className="layer-line">
        <button
          className="layer-toggle"
          role="switch"
          aria-checked={shown}
          aria-label={`Show ${name}`}
          title={hasDigit ? `Show or hide (${digit})` : 'Show or hide'}
          onClick={() => change({ visible: toggled(visible, layer) })}
        >
          <Icon name={shown ? 'eye' : 'eyeOff'} size={15} />
          <span className="layer-name">{layer.further?.map ?? name}</span>
          {onTop && <span className="layer-top">on top</span>}
        </button>
        {layer.role !== 'image' && (
          <button
            className="layer-alone"
            aria-label={`Show only ${name} over the image`}
            onClick={() => change({ visible: alone(dataset.layers, layer) })}
          >
            only
          </button>
        )}
        {hasDigit && <kbd aria-hidden="true">{digit}</kbd>}
      </div>
      {layer.role !== 'image' && (
        <div className="layer-facts soft">
          {layerFacts(layer)}
          {failures > 0 && <span className="layer-failures"> · {failures} failed</span>}
        </div>
      )}
      {shown && (
        <label className="layer-opacity">
          <span className="soft">Opacity</span>
          <input
            type="range"
            min={0}
            max={1}
            step={0.01}
            value={opacity}
            aria-label={`Opacity of ${name}`}
            onChange={(event) => setOpacity(layer.name, Number(event.target.value))}
          />
          <output>{Math.round(opacity * 100)}%</output>
        </label>
      )}
    </li>
  );
}

function meaning(layer: Layer): string {
  if (layer.kind === 'levels') return '8-bit picture values';
  return layer.inverse ? `${layer.kind.replace(/-inverse$/, '')} inverse depth` : `${layer.kind} depth`;
}

function layerFacts(layer: Layer): string {
  if (layer.further !== null) {
    const [height, width] = layer.further.shape;
    return [layer.kind, layer.unit, `${width} × ${height}`].filter((fact) => fact !== '').join(', ');
  }
  const model = layer.model === '' || layer.model === layer.name ? '' : `${layer.model} · `;
  return model + meaning(layer) + (layer.unit === '' ? '' : `, ${layer.unit}`);
}
