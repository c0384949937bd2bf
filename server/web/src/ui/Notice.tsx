import type { ReactNode } from 'react';

import { ApiError } from '../api/api';
import './Notice.css';

/** A message in place of content: the state, and what to do. */
export function Notice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="notice" role="status">
      <h2>{title}</h2>
      <p className="soft">{children}</p>
    </div>
  );
}

export function ErrorNotice({ error }: { error: unknown }) {
  const title = error instanceof Error ? error.message : String(error);
  return <Notice title={title}>{error instanceof ApiError ? error.remedy : 'Reload the page.'}</Notice>;
}
