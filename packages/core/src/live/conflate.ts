import { Observable } from 'rxjs';

/**
 * Gives a reader the newest value each time it is ready, and none that was overtaken meanwhile.
 *
 * @param ready$ - emits when the reader can take one more value; the first emission may be synchronous
 */
export function conflate<T>(ready$: Observable<unknown>): (values: Observable<T>) => Observable<T> {
  return (values) =>
    new Observable<T>((reader) => {
      let newest: { readonly value: T } | undefined;
      let isReady = false;
      let isDone = false;
      const deliver = (): void => {
        if (isReady && newest !== undefined) {
          const { value } = newest;
          newest = undefined;
          isReady = false;
          reader.next(value);
        }
        // What is waiting when the values end is still delivered.
        if (isDone && newest === undefined) reader.complete();
      };
      const readiness = ready$.subscribe(() => {
        isReady = true;
        deliver();
      });
      const subscription = values.subscribe({
        next: (value) => {
          newest = { value };
          deliver();
        },
        error: (error: unknown) => reader.error(error),
        complete: () => {
          isDone = true;
          deliver();
        },
      });
      return () => {
        readiness.unsubscribe();
        subscription.unsubscribe();
      };
    });
}
