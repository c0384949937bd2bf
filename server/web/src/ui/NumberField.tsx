import { useState } from 'react';

import { formatNumber } from '../model/text';
import './NumberField.css';

/** A numeric text field; the value is committed on Enter or blur, and restored if the text is not a number. */
export function NumberField(props: { label: string; value: number; onChange: (value: number) => void }) {
  const { label, value, onChange } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const take = () => {
    const typed = draft === null || draft.trim() === '' ? NaN : Number(draft.replace(',', '.'));
    setDraft(null);
    if (Number.isFinite(typed)) {
      onChange(typed);
    }
  };
  return (
    <input
      className="number-field"
      aria-label={label}
      inputMode="decimal"
      value={draft ?? formatNumber(value)}
      onChange={(event) => setDraft(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          take();
        } else if (event.key === 'Escape' && draft !== null) {
          event.stopPropagation();
          setDraft(null);
        }
      }}
    />
  );
}
