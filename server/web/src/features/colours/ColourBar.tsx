import { cssGradient, type Colormap } from '../../model/colour';
import type { Interval } from '../../model/range';
import { formatTick, ticks } from '../../model/text';
import './ColourBar.css';

/** The colours from minimum to maximum, with tick labels and optionally a marker for the value at the pointer. */
export function ColourBar(props: {
  label: string;
  colormap: Colormap;
  flip: boolean;
  range: Interval;
  unit: string;
  marker?: number;
}) {
  const { label, colormap, flip, range, unit, marker } = props;
  const marks = ticks(range.low, range.high, 5);
  const step = marks.length > 1 ? marks[1]! - marks[0]! : range.high - range.low;
  const share = (value: number) => `${(100 * (value - range.low)) / (range.high - range.low)}%`;
  const ends = `${formatTick(range.low, step)} to ${formatTick(range.high, step)} ${unit}`;
  return (
    <div className="colour-bar" role="img" aria-label={`${label}: colours from ${ends}`}>
      <div className="colour-bar-colours" style={{ background: cssGradient(colormap, flip) }}>
        {marker !== undefined && marker >= range.low && marker <= range.high && (
          <span className="colour-bar-marker" style={{ left: share(marker) }} />
        )}
      </div>
      <div className="colour-bar-marks">
        {marks.map((mark) => (
          <span key={mark} style={{ left: share(mark) }}>
            {formatTick(mark, step)}
          </span>
        ))}
      </div>
    </div>
  );
}
