import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** The panels that are not part of the first load. */
export type LatePanels = typeof import('./panels/index.ts');

const RETRY_MILLIS = 2000;

/**
 * Loads the other panels while the first picture is on its way: when they are asked for they are there, also when the
 * server is gone by then.
 */
export function useLatePanels(): ReadonlySignal<LatePanels | undefined> {
  const panels = useSignal<LatePanels | undefined>(undefined);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = (): void => {
      import('./panels/index.ts').then(
        (loaded) => {
          panels.value = loaded;
        },
        () => {
          timer = setTimeout(load, RETRY_MILLIS);
        },
      );
    };
    load();
    return () => clearTimeout(timer);
  }, [panels]);
  return panels;
}
