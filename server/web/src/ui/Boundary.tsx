import { Component, type ReactNode } from 'react';

import { ErrorNotice } from './Notice';

/** An error boundary: shows the error of its children, such as missing WebGL2, instead of an empty page. */
export class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : <ErrorNotice error={this.state.error} />;
  }
}
