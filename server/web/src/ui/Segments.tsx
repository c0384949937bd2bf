import { useId } from 'react';

import './Segments.css';

/** A segmented control: native radio buttons side by side. */
export function Segments<T extends string>(props: {
  label: string;
  options: readonly { readonly value: T; readonly text: string; readonly hint?: string }[];
  value: T;
  onChange: (value: T) => void;
}) {
  const name = useId();
  return (
    <fieldset className="segments">
      <legend className="hidden">{props.label}</legend>
      {props.options.map(({ value, text, hint }) => (
        <label key={value} className="segment" title={hint}>
          <input
            className="hidden"
            type="radio"
            name={name}
            checked={value === props.value}
            onChange={() => props.onChange(value)}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}
