import { useLayoutEffect, useState, type RefObject } from 'react';

import type { Size } from '../model/viewport';

/** Returns the client size of an element in CSS pixels; zero before layout. */
export function useSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const found = element.current;
    if (found === null) {
      return;
    }
    const measure = () => setSize({ width: found.clientWidth, height: found.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(found);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
