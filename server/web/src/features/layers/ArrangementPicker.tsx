import { change, useScreen } from '../../state/screenStore';
import { Segments } from '../../ui/Segments';

const ARRANGEMENTS = [
  { value: 'stack', text: 'Stacked', hint: 'One panel with all layers on top of each other (S)' },
  { value: 'side', text: 'Side by side', hint: 'One panel per layer (S)' },
] as const;

/** Selects between stacked layers and one panel per layer. */
export function ArrangementPicker() {
  const arrangement = useScreen((state) => state.arrangement);
  return (
    <Segments
      label="Arrangement"
      options={ARRANGEMENTS}
      value={arrangement}
      onChange={(next) => change({ arrangement: next })}
    />
  );
}
