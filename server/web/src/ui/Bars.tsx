import type { Interval } from '../model/range';
import './Bars.css';

/** A histogram; bars outside `kept` are pale. Decorative: the slider below it has the accessible labels. */
export function Bars(props: {
  counts: readonly number[];
  minimum: number;
  maximum: number;
  kept: Interval;
  colour?: (value: number) => string;
}) {
  const { counts, minimum, maximum, kept, colour } = props;
  const most = Math.max(...counts, 1);
  const width = (maximum - minimum) / counts.length;
  return (
    <svg className="bars" viewBox={`0 0 ${counts.length} 32`} preserveAspectRatio="none" aria-hidden="true">
      {counts.map((count, i) => {
        const low = minimum + i * width;
        const inside = low + width >= kept.low && low <= kept.high;
        const height = count === 0 ? 0 : Math.max(1.5, (32 * count) / most);
        return (
          <rect
            key={i}
            className={inside ? 'bar' : 'bar bar-outside'}
            x={i + 0.08}
            y={32 - height}
            width={0.84}
            height={height}
            style={colour && inside ? { fill: colour(low + width / 2) } : undefined}
          />
        );
      })}
    </svg>
  );
}
