import { useEffect } from 'react';

import { firstVisible, numbered, toggled } from '../model/layers';
import { WHOLE } from '../model/viewport';
import type { Colormap } from '../model/colour';
import type { Dataset } from '../api/wire';
import { setHelpOpen, setPeeking, usePage } from '../state/pageStore';
import { change, openSample, useScreen } from '../state/screenStore';

const ZOOM_STEP = 1.5;

/** Handles the keyboard shortcuts of the page; ignores keys while a text field has the focus or a dialog is open. */
export function useKeys(
  dataset: Dataset | undefined,
  chosen: readonly number[],
  colormaps: readonly Colormap[] | undefined,
): void {
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      if (event.key === 'Shift') {
        setPeeking(!isTyping(event.target));
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || usePage.getState().helpOpen || isTyping(event.target)) {
        return;
      }
      if (press(event, dataset, chosen, colormaps)) {
        event.preventDefault();
      }
    };
    const up = (event: KeyboardEvent) => {
      if (event.key === 'Shift') {
        setPeeking(false);
      }
    };
    const leave = () => setPeeking(false);
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

/** Runs the shortcut of a key; returns false if the key has none here. */
function press(
  event: KeyboardEvent,
  dataset: Dataset | undefined,
  chosen: readonly number[],
  colormaps: readonly Colormap[] | undefined,
): boolean {
  const screen = useScreen.getState();
  if (event.key === '?') {
    setHelpOpen(true);
    return true;
  }
  if (dataset === undefined) {
    return false;
  }
  if (/^[1-9]$/.test(event.key)) {
    const layer = numbered(dataset.layers)[Number(event.key) - 1];
    if (layer !== undefined) {
      change({ visible: toggled(screen.visible ?? firstVisible(dataset.layers), layer) });
    }
    return layer !== undefined;
  }
  switch (event.key.toLowerCase()) {
    case 'c': {
      const at = colormaps?.findIndex((each) => each.name === screen.colormap) ?? -1;
      const next = colormaps?.[(at + 1) % colormaps.length];
      change({ colormap: next?.name ?? screen.colormap });
      return true;
    }
    case 's':
      change({ arrangement: screen.arrangement === 'side' ? 'stack' : 'side' });
      return true;
    case 'r':
      change({ reversed: !screen.reversed });
      return true;
    default:
      return screen.sample !== null && pressInSample(event, dataset, chosen);
  }
}

function pressInSample(event: KeyboardEvent, dataset: Dataset, chosen: readonly number[]): boolean {
  const screen = useScreen.getState();
  const at = chosen.indexOf(dataset.samples.ids.indexOf(screen.sample ?? ''));
  const step = (by: number) => {
    const next = isSlider(event.target) ? undefined : chosen[at + by];
    if (next !== undefined) {
      openSample(dataset.samples.ids[next]!);
    }
    return next !== undefined;
  };
  const zoom = (factor: number) => {
    const target = Math.min(64, Math.max(1, screen.view.zoom * factor));
    change({ view: target === 1 ? WHOLE : { ...screen.view, zoom: target } });
    return true;
  };
  switch (event.key) {
    case 'ArrowLeft':
      return step(-1);
    case 'ArrowRight':
      return step(1);
    case 'Escape':
      openSample(null);
      return true;
    case '+':
    case '=':
      return zoom(ZOOM_STEP);
    case '-':
      return zoom(1 / ZOOM_STEP);
    case '0':
      change({ view: WHOLE });
      return true;
    default:
      return false;
  }
}

/** Returns whether the element uses the arrow keys itself: a slider, radio button or list. */
function isSlider(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role=slider], input, select') !== null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && !['range', 'radio', 'checkbox', 'color'].includes(target.type);
}
