/** What one tab of the browser remembers over a reload, by key. Where storage is forbidden nothing is remembered. */
export const tabMemory: {
  read(key: string): string | undefined;
  write(key: string, text: string | undefined): void;
} = {
  read: (key) => {
    try {
      return sessionStorage.getItem(`ridgeline.${key}`) ?? undefined;
    } catch {
      return undefined;
    }
  },
  write: (key, text) => {
    try {
      if (text === undefined) sessionStorage.removeItem(`ridgeline.${key}`);
      else sessionStorage.setItem(`ridgeline.${key}`, text);
    } catch {
      // Forbidden or full: the page works, and a reload lays out afresh.
    }
  },
};
