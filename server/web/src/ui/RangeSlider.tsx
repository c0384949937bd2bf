import * as Slider from '@radix-ui/react-slider';

import type { Interval } from '../model/range';
import './RangeSlider.css';

const STEPS = 500;

/** A slider with two thumbs from `minimum` to `maximum`; `onChange` is called while they move. */
export function RangeSlider(props: {
  label: string;
  minimum: number;
  maximum: number;
  value: Interval;
  describe: (value: number) => string;
  onChange: (value: Interval) => void;
}) {
  const { label, minimum, maximum, value, describe, onChange } = props;
  const width = maximum - minimum || 1;
  const inside = (each: number) => Math.min(Math.max(each, minimum), maximum);
  return (
    <Slider.Root
      className="range-slider"
      min={minimum}
      max={maximum}
      step={width / STEPS}
      value={[inside(value.low), inside(value.high)]}
      onValueChange={([low, high]) => onChange(ends(low ?? minimum, high ?? maximum, minimum, maximum))}
    >
      <Slider.Track className="range-slider-track">
        <Slider.Range className="range-slider-range" />
      </Slider.Track>
      <Slider.Thumb
        className="range-slider-thumb"
        aria-label={`${label}: minimum`}
        aria-valuetext={describe(value.low)}
      />
      <Slider.Thumb
        className="range-slider-thumb"
        aria-label={`${label}: maximum`}
        aria-valuetext={describe(value.high)}
      />
    </Slider.Root>
  );
}

/** Snaps values at an end to that end exactly, since steps are rounded. */
function ends(low: number, high: number, minimum: number, maximum: number): Interval {
  const half = (maximum - minimum) / STEPS / 2;
  return { low: low - minimum < half ? minimum : low, high: maximum - high < half ? maximum : high };
}
