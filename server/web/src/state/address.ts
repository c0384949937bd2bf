import { fromLink, toLink } from './screen';
import { go, useScreen } from './screenStore';

const WRITE_DELAY_MS = 150;

/**
 * Keeps the address and the screen store in sync. Opening another dataset or a sample adds an entry to the browser's history;
 * every other change replaces the current entry, 150 ms after the last change since browsers limit the rate.
 * Returns a function that stops it.
 */
export function bindAddress(): () => void {
  history.replaceState(null, '', toLink(useScreen.getState()));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    const link = toLink(useScreen.getState());
    if (link !== location.pathname + location.search) {
      history.replaceState(null, '', link);
    }
  };
  const unsubscribe = useScreen.subscribe((now, before) => {
    clearTimeout(timer);
    const opened = now.dataset !== before.dataset && before.dataset !== null;
    if (opened || (now.sample === null) !== (before.sample === null)) {
      const link = toLink(now);
      if (link !== location.pathname + location.search) {
        history.pushState(null, '', link);
      }
    } else {
      timer = setTimeout(write, WRITE_DELAY_MS);
    }
  });
  const back = () => go(fromLink(location.pathname, location.search));
  addEventListener('popstate', back);
  return () => {
    clearTimeout(timer);
    unsubscribe();
    removeEventListener('popstate', back);
  };
}
