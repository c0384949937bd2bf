import { ArrangementPicker } from '../layers/ArrangementPicker';
import { Icon } from '../../ui/Icon';
import { TILE_WIDTHS } from '../../state/screen';
import { protocolsOf } from '../../model/selection';
import { formatCount } from '../../model/text';
import type { Dataset, DatasetSummary } from '../../api/wire';
import { setHelpOpen, setTheme, usePage, type Theme } from '../../state/pageStore';
import { change, openDataset, useScreen } from '../../state/screenStore';
import './TopBar.css';

const NEXT_THEME: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const THEME_ICON = { system: 'auto', light: 'sun', dark: 'moon' } as const;

/** Dataset, number of samples, sort order, tile size, theme and help. */
export function TopBar(props: { datasets: readonly DatasetSummary[]; dataset: Dataset | undefined; shown: number }) {
  const { datasets, dataset, shown } = props;
  const name = useScreen((state) => state.dataset);
  const sample = useScreen((state) => state.sample);
  const theme = usePage((state) => state.theme);
  return (
    <header className="top">
      <span className="top-brand">
        <Mark /> Fathom
      </span>
      <select
        className="select"
        aria-label="Dataset"
        value={name ?? ''}
        onChange={(event) => openDataset(event.target.value)}
      >
        {name === null && <option value="">Choose a dataset</option>}
        {name !== null && !datasets.some((each) => each.name === name) && <option value={name}>{name}</option>}
        {datasets.map((each) => (
          <option key={each.name} value={each.name}>
            {each.samples === null ? `${each.name} (unreadable)` : each.name}
          </option>
        ))}
      </select>
      {dataset !== undefined && <Count shown={shown} all={dataset.samples.ids.length} />}
      <span className="top-space" />
      {dataset !== undefined && sample === null && <GridTools dataset={dataset} />}
      <button
        className="button square plain"
        aria-label={`Theme: ${theme}`}
        title={`Theme: ${theme}`}
        onClick={() => setTheme(NEXT_THEME[theme])}
      >
        <Icon name={THEME_ICON[theme]} />
      </button>
      <button
        className="button square plain"
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts (?)"
        onClick={() => setHelpOpen(true)}
      >
        ?
      </button>
    </header>
  );
}

function Count({ shown, all }: { shown: number; all: number }) {
  return (
    <output className="top-count" aria-label="Samples shown">
      {shown === all ? formatCount(all) : `${formatCount(shown)} of ${formatCount(all)}`}
      <span className="soft"> {all === 1 ? 'sample' : 'samples'}</span>
    </output>
  );
}

function GridTools({ dataset }: { dataset: Dataset }) {
  const sort = useScreen((state) => state.sort);
  const tile = useScreen((state) => state.tile);
  const protocols = protocolsOf(dataset.columns);
  return (
    <>
      {dataset.columns.length > 0 && (
        <>
          <select
            className="select"
            aria-label="Sort by"
            value={sort?.column ?? ''}
            onChange={(event) =>
              change({
                sort:
                  event.target.value === ''
                    ? null
                    : { column: event.target.value, descending: sort?.descending ?? true },
              })
            }
          >
            <option value="">Dataset order</option>
            {dataset.columns.map((column) => (
              <option key={column.name} value={column.name}>
                {column.field} {column.label}
                {protocols.length > 1 && column.protocol !== '' && ` (${column.protocol})`}
              </option>
            ))}
          </select>
          <button
            className="button square plain"
            disabled={sort === null}
            aria-label={sort?.descending === false ? 'Ascending' : 'Descending'}
            title="Reverse the order"
            onClick={() => sort !== null && change({ sort: { ...sort, descending: !sort.descending } })}
          >
            <Icon name={sort?.descending === false ? 'up' : 'down'} />
          </button>
        </>
      )}
      <ArrangementPicker />
      <label className="top-tile" title="Tile size">
        <Icon name="grid" size={14} />
        <input
          type="range"
          aria-label="Tile size"
          min={TILE_WIDTHS.min}
          max={TILE_WIDTHS.max}
          step={10}
          value={tile}
          onChange={(event) => change({ tile: Number(event.target.value) })}
        />
      </label>
    </>
  );
}

/** The logo: three layers, deeper and narrower. */
function Mark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M1 3h18l-2.200 4H3.200z" fill="#fde725" />
      <path d="M3.800 8h12.400l-2.200 4H6z" fill="#35b779" />
      <path d="M6.500 13h7l-3.500 5z" fill="#31688e" />
    </svg>
  );
}
