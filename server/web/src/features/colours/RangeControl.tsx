import { colourOf, flips } from '../../model/colour';
import { layerName } from '../../model/layers';
import { colormapOf, type Look } from '../../model/look';
import { choiceOf, union, type Interval, type RangeChoice } from '../../model/range';
import { formatValue } from '../../model/text';
import type { Layer, Spread } from '../../api/wire';
import { setRange } from '../../state/screenStore';
import { Bars } from '../../ui/Bars';
import { ColourBar } from './ColourBar';
import { NumberField } from '../../ui/NumberField';
import { RangeSlider } from '../../ui/RangeSlider';
import { Segments } from '../../ui/Segments';
import './RangeControl.css';

const MODES = [
  { value: 'dataset', text: 'Dataset', hint: 'One range for all samples: 2nd to 98th percentile of the dataset' },
  { value: 'map', text: 'Each map', hint: 'One range per map: its 2nd to 98th percentile' },
  { value: 'fixed', text: 'Fixed', hint: 'A range that you enter' },
] as const;

/** The value range of the colours, for layers that share one: histogram, minimum and maximum, and the colour bar. */
export function RangeControl(props: {
  group: string;
  layers: readonly Layer[];
  spreads: readonly Spread[];
  look: Look;
}) {
  const { group, layers, spreads, look } = props;
  const layer = layers[0]!;
  const choice = choiceOf(look.choices, layer);
  const shared = look.shared.get(group) ?? { low: 0, high: 1 };
  const range = choice.mode === 'fixed' ? choice.interval : shared;
  const extent = union(spreads.map((spread) => ({ low: spread.minimum, high: spread.maximum }))) ?? shared;
  const title = layers.map(layerName).join(', ');
  const unit = layer.unit;
  const flip = flips(layer.inverse, look.reversed);
  const colormap = colormapOf(look, layer);
  const fix = (interval: Interval) => setRange(group, { mode: 'fixed', interval });
  const choose = (mode: RangeChoice['mode']) => (mode === 'fixed' ? fix(range) : setRange(group, { mode }));
  const first = spreads[0];
  return (
    <div className="range" role="group" aria-label={`Range of ${title}`}>
      <div className="range-head">
        <span className="range-title" title={title}>
          {title}
          {unit !== '' && <span className="soft"> in {unit}</span>}
        </span>
      </div>
      <Segments label={`Range of ${title}`} options={MODES} value={choice.mode} onChange={choose} />
      {choice.mode === 'map' ? (
        <p className="range-note soft">Each map uses its 2nd to 98th percentile.</p>
      ) : (
        <>
          {first !== undefined && first.maps > 0 && (
            <Bars
              counts={first.counts}
              minimum={first.minimum}
              maximum={first.maximum}
              kept={range}
              colour={(value) => colourOf(colormap, value, range, flip)}
            />
          )}
          <RangeSlider
            label={`Range of ${title}`}
            minimum={Math.min(extent.low, range.low)}
            maximum={Math.max(extent.high, range.high)}
            value={range}
            describe={(value) => formatValue(value, unit)}
            onChange={fix}
          />
          <ColourBar label={title} colormap={colormap} flip={flip} range={range} unit={unit} />
          <div className="range-numbers">
            <NumberField
              label={`Minimum of ${title}`}
              value={range.low}
              onChange={(low) => fix({ low, high: Math.max(low, range.high) })}
            />
            <span className="soft">{unit === '' ? 'to' : `to (${unit})`}</span>
            <NumberField
              label={`Maximum of ${title}`}
              value={range.high}
              onChange={(high) => fix({ low: Math.min(range.low, high), high })}
            />
          </div>
        </>
      )}
    </div>
  );
}
