/** Where in a config something stands: keys and indexes from its root. */
export type ConfigPath = readonly (string | number)[];

/** `views.containers.filters[0]`; a key that is no plain word stands in quotes: `external["Payment provider"]`. */
export function printPath(path: ConfigPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (!/^[\w$-]+$/.test(step)) text += `[${JSON.stringify(step)}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}

/** A text by which equal paths are found. */
export function pathKey(path: ConfigPath): string {
  return JSON.stringify(path);
}

/** What stands at a path, or `undefined`. */
export function valueAt(root: unknown, path: ConfigPath): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/** Whether a value is an object of entries: no list, no function, no instance of a class. */
export function isEntries(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of another realm (a script that was evaluated apart) has another Object.prototype.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
