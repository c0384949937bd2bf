import { ApiError } from '../../api/api';
import { layerTitle } from '../layers/LayerList';
import type { LoadedLayer } from './Pane';
import './Unreadable.css';

/** The layers of this sample that could not be read: which, why, and what to do. */
export function Unreadable({ layers }: { layers: readonly LoadedLayer[] }) {
  const failed = layers.filter((each) => each.error !== null);
  return failed.length === 0 ? null : (
    <section className="unreadable" role="alert" aria-label="Layers that cannot be read">
      <h2>Cannot be read</h2>
      {failed.map(({ layer, error }) => (
        <p key={layer.name} className="trouble">
          <strong>{layerTitle(layer)}</strong> {error?.message}.{' '}
          {error instanceof ApiError ? error.remedy : 'Reload the page.'}
        </p>
      ))}
    </section>
  );
}
