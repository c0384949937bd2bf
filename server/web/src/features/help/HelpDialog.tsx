import { useEffect, useRef } from 'react';

import { useStore } from '../../state/store';
import { Icon } from '../../ui/Icon';
import './HelpDialog.css';

const KEYS: readonly (readonly [string, string])[] = [
  ['← →', 'Previous, next sample'],
  ['Enter', 'Open the tile in focus'],
  ['Esc', 'Back to the grid'],
  ['Shift', 'Held: hide the overlays'],
  ['1 … 9', 'Show or hide a layer'],
  ['Wheel', 'Zoom at the pointer'],
  ['Drag', 'Move the picture'],
  ['+ −', 'Zoom in, out'],
  ['0', 'Show the whole picture'],
  ['S', 'Layers stacked or side by side'],
  ['C', 'Next colour scheme'],
  ['R', 'Reverse the colours'],
  ['?', 'This list'],
];

/** The keys, in a native dialog: Esc closes it and the focus returns. */
export function HelpDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = useStore((state) => state.helpOpen);
  const setOpen = useStore((state) => state.setHelpOpen);
  useEffect(() => {
    if (open && dialog.current?.open === false) {
      dialog.current.showModal();
    } else if (!open) {
      dialog.current?.close();
    }
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className="help"
      aria-labelledby="help-title"
      onClose={() => setOpen(false)}
      onClick={(event) => {
        if (event.target === dialog.current) {
          setOpen(false);
        }
      }}
    >
      <div className="help-body">
        <header>
          <h2 id="help-title">Keys</h2>
          <button className="button square plain" aria-label="Close" onClick={() => setOpen(false)}>
            <Icon name="close" />
          </button>
        </header>
        <dl>
          {KEYS.map(([key, meaning]) => (
            <div key={key}>
              <dt>{key.split(' ').map((part) => (part === '…' ? ' … ' : <kbd key={part}>{part}</kbd>))}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </div>
    </dialog>
  );
}
