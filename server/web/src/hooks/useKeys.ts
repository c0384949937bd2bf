import { useEffect } from 'react';

import { firstVisible, numbered, toggled } from '../model/layers';
import { WHOLE } from '../model/viewport';
import type { Colormap } from '../model/colour';
import type { Dataset } from '../api/wire';
import { useStore } from '../state/store';

const ZOOM_STEP = 1.5;

/** The keys of the whole page; while a field is typed in or a dialog is open, they are left alone. */
export function useKeys(
  dataset: Dataset | undefined,
  chosen: readonly number[],
  colormaps: readonly Colormap[] | undefined,
): void {
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      const store = useStore.getState();
      if (event.key === 'Shift') {
        store.setPeeking(!isTyping(event.target));
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || store.helpOpen || isTyping(event.target)) {
        return;
      }
      if (press(event, dataset, chosen, colormaps)) {
        event.preventDefault();
      }
    };
    const up = (event: KeyboardEvent) => {
      if (event.key === 'Shift') {
        useStore.getState().setPeeking(false);
      }
    };
    const leave = () => useStore.getState().setPeeking(false);
    addEventListener('keydown', down);
    addEventListener('keyup', up);
    addEventListener('blur', leave);
    return () => {
      removeEventListener('keydown', down);
      removeEventListener('keyup', up);
      removeEventListener('blur', leave);
    };
  }, [dataset, chosen, colormaps]);
}

/** Does what the key asks for; false where it means nothing here. */
function press(
  event: KeyboardEvent,
  dataset: Dataset | undefined,
  chosen: readonly number[],
  colormaps: readonly Colormap[] | undefined,
): boolean {
  const store = useStore.getState();
  if (event.key === '?') {
    store.setHelpOpen(true);
    return true;
  }
  if (dataset === undefined) {
    return false;
  }
  if (/^[1-9]$/.test(event.key)) {
    const layer = numbered(dataset.layers)[Number(event.key) - 1];
    if (layer !== undefined) {
      store.show(toggled(store.visible ?? firstVisible(dataset.layers), layer));
    }
    return layer !== undefined;
  }
  switch (event.key.toLowerCase()) {
    case 'c': {
      const at = colormaps?.findIndex((each) => each.name === store.colormap) ?? -1;
      const next = colormaps?.[(at + 1) % colormaps.length];
      store.setColormap(next?.name ?? store.colormap);
      return true;
    }
    case 's':
      store.setArrangement(store.arrangement === 'side' ? 'stack' : 'side');
      return true;
    case 'r':
      store.setReversed(!store.reversed);
      return true;
    default:
      return store.sample !== null && pressInSample(event, dataset, chosen);
  }
}

function pressInSample(event: KeyboardEvent, dataset: Dataset, chosen: readonly number[]): boolean {
  const store = useStore.getState();
  const at = chosen.indexOf(dataset.samples.ids.indexOf(store.sample ?? ''));
  const step = (by: number) => {
    const next = isSlider(event.target) ? undefined : chosen[at + by];
    if (next !== undefined) {
      store.openSample(dataset.samples.ids[next]!);
    }
    return next !== undefined;
  };
  const zoom = (factor: number) => {
    const target = Math.min(64, Math.max(1, store.view.zoom * factor));
    store.setView(target === 1 ? WHOLE : { ...store.view, zoom: target });
    return true;
  };
  switch (event.key) {
    case 'ArrowLeft':
      return step(-1);
    case 'ArrowRight':
      return step(1);
    case 'Escape':
      store.openSample(null);
      return true;
    case '+':
    case '=':
      return zoom(ZOOM_STEP);
    case '-':
      return zoom(1 / ZOOM_STEP);
    case '0':
      store.setView(WHOLE);
      return true;
    default:
      return false;
  }
}

/** Arrows belong to a slider, radio button or list that has the focus. */
function isSlider(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role=slider], input, select') !== null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && !['range', 'radio', 'checkbox', 'color'].includes(target.type);
}
