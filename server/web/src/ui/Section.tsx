import type { ReactNode } from 'react';

import './Section.css';

/** A titled, collapsible section of the sidebar. */
export function Section(props: { title: string; extra?: ReactNode; children: ReactNode }) {
  return (
    <details className="section" open>
      <summary className="section-head">
        <h2>{props.title}</h2>
      </summary>
      {props.extra !== undefined && <div className="section-extra">{props.extra}</div>}
      <div className="section-body">{props.children}</div>
    </details>
  );
}
