import { FilterPanel } from '../filters/FilterPanel';
import { LayerList } from '../layers/LayerList';
import { RangeControl } from '../colours/RangeControl';
import { SchemePicker } from '../colours/SchemePicker';
import { Section } from '../../ui/Section';
import { useVisible } from '../../hooks/useVisible';
import { useRanged } from '../../hooks/useLook';
import type { Look } from '../../model/look';
import { rangeGroup } from '../../model/range';
import type { Dataset, Layer, Spread } from '../../api/wire';
import { useSpreads } from '../../api/queries';
import { clearFilters, useScreen } from '../../state/screenStore';
import './Sidebar.css';

/** Layers, colours and filters of the dataset. */
export function Sidebar(props: { dataset: Dataset; chosen: readonly number[]; look: Look | null }) {
  const { dataset, chosen, look } = props;
  const filtered = useScreen((state) => Object.keys(state.filters).length > 0);
  return (
    <aside className="sidebar" aria-label="Layers, colours and filters">
      <Section title="Layers">
        <LayerList dataset={dataset} />
      </Section>
      {look !== null && (
        <Section title="Colour">
          <SchemePicker dataset={dataset} look={look} />
          <Ranges dataset={dataset} look={look} />
        </Section>
      )}
      <Section
        title="Filters"
        extra={
          filtered && (
            <button className="link" onClick={clearFilters}>
              Clear all
            </button>
          )
        }
      >
        <FilterPanel dataset={dataset} chosen={chosen} />
      </Section>
    </aside>
  );
}

/** A range control for each group of visible layers. */
function Ranges({ dataset, look }: { dataset: Dataset; look: Look }) {
  const visible = useVisible(dataset);
  const maps = useRanged(dataset);
  const spreads = useSpreads(dataset, maps);
  const groups = new Set(maps.filter((layer) => visible.includes(layer.name)).map(rangeGroup));
  return (
    <>
      {[...groups].map((group) => {
        const members = maps
          .map((layer, i) => [layer, spreads[i]] as const)
          .filter(([layer]) => rangeGroup(layer) === group);
        const known = members.filter((member): member is readonly [Layer, Spread] => member[1] !== undefined);
        return (
          <RangeControl
            key={group}
            group={group}
            layers={members.map(([layer]) => layer)}
            spreads={known.map(([, spread]) => spread)}
            look={look}
          />
        );
      })}
    </>
  );
}
