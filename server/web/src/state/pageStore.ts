import { create } from 'zustand';

export type Theme = 'system' | 'light' | 'dark';

/** The state of the page that is not in the address. */
export interface Page {
  /** True while Shift is held: overlays are hidden. */
  readonly peeking: boolean;
  /** The sample that was open last: the grid scrolls to it. */
  readonly lastSample: string | null;
  readonly theme: Theme;
  readonly helpOpen: boolean;
}

const THEME_KEY = 'fathom.theme';

function storedTheme(): Theme {
  const stored = localStorage.getItem(THEME_KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

export const usePage = create<Page>()(() => ({
  peeking: false,
  lastSample: null,
  theme: storedTheme(),
  helpOpen: false,
}));

/** Sets the theme and stores it in this browser. */
export function setTheme(theme: Theme): void {
  localStorage.setItem(THEME_KEY, theme);
  usePage.setState({ theme });
}

export function setHelpOpen(helpOpen: boolean): void {
  usePage.setState({ helpOpen });
}

export function setPeeking(peeking: boolean): void {
  usePage.setState({ peeking });
}
