import { useEffect, useRef } from 'react';

import { setHelpOpen, usePage } from '../../state/pageStore';
import { Icon } from '../../ui/Icon';
import './HelpDialog.css';

const KEYS: readonly (readonly [string, string])[] = [
  ['← →', 'Previous, next sample'],
  ['Enter', 'Open the focused tile'],
  ['Esc', 'Back to the grid'],
  ['Shift', 'While held: hide the overlays'],
  ['1 … 9', 'Show or hide a layer'],
  ['Wheel', 'Zoom at the pointer'],
  ['Drag', 'Move the picture'],
  ['+ −', 'Zoom in, out'],
  ['0', 'Fit the picture'],
  ['S', 'Stacked or side by side'],
  ['C', 'Next colour scheme'],
  ['R', 'Reverse the colours'],
  ['?', 'Show this list'],
];

/** The keyboard shortcuts in a native dialog; Esc closes it and restores the focus. */
export function HelpDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = usePage((state) => state.helpOpen);
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
      onClose={() => setHelpOpen(false)}
      onClick={(event) => {
        if (event.target === dialog.current) {
          setHelpOpen(false);
        }
      }}
    >
      <div className="help-body">
        <header>
          <h2 id="help-title">Keyboard shortcuts</h2>
          <button className="button square plain" aria-label="Close" onClick={() => setHelpOpen(false)}>
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
