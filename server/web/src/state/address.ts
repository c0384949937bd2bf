import { fromLink, toLink } from './screen';
import { useStore } from './store';

const WRITE_DELAY_MS = 150;

/**
 * Keeps the address and the store alike. Opening another dataset or a sample adds an entry to the browser's history; every other
 * change rewrites the current one, at most every 150 ms since browsers limit how often an address may change.
 * Returns what ends it.
 */
export function bindAddress(): () => void {
  history.replaceState(null, '', toLink(useStore.getState()));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    const link = toLink(useStore.getState());
    if (link !== location.pathname + location.search) {
      history.replaceState(null, '', link);
    }
  };
  const unsubscribe = useStore.subscribe((now, before) => {
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
  const back = () => useStore.getState().go(fromLink(location.pathname, location.search));
  addEventListener('popstate', back);
  return () => {
    clearTimeout(timer);
    unsubscribe();
    removeEventListener('popstate', back);
  };
}
