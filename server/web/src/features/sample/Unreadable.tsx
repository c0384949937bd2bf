import { ApiError } from '../../api/api';
import { layerTitle, type LoadedLayer } from '../../model/layers';
import './Unreadable.css';

/** The layers of this sample that failed to load, each with the cause and the fix. */
export function Unreadable({ layers }: { layers: readonly LoadedLayer[] }) {
  const failed = layers.filter((each) => each.error !== null);
  return failed.length === 0 ? null : (
    <section className="unreadable" role="alert" aria-label="Layers that failed to load">
      <h2>Failed to load</h2>
      {failed.map(({ layer, error }) => (
        <p key={layer.name} className="trouble">
          <strong>{layerTitle(layer)}</strong> {error?.message}.{' '}
          {error instanceof ApiError ? error.remedy : 'Reload the page.'}
        </p>
      ))}
    </section>
  );
}
