import { useStore } from '../../state/store';
import { Segments } from '../../ui/Segments';

const ARRANGEMENTS = [
  { value: 'stack', text: 'Stacked', hint: 'Layers over each other (S)' },
  { value: 'side', text: 'Side by side', hint: 'Every layer in a panel of its own (S)' },
] as const;

/** Whether layers lie over each other or side by side. */
export function ArrangementPicker() {
  const arrangement = useStore((state) => state.arrangement);
  const setArrangement = useStore((state) => state.setArrangement);
  return <Segments label="Arrangement" options={ARRANGEMENTS} value={arrangement} onChange={setArrangement} />;
}
