/**
 * The name of an exported file: what it shows and of when, in words that every file system takes.
 *
 * @param at - the end of the picture's window, in milliseconds since 1970
 * @example fileName('containers-by-image', Date.UTC(2026, 10, 22, 18, 30), 'svg') // ridgeline-containers-by-image-2026-11-22T18-30-00Z.svg
 */
export function fileName(view: string, at: number, extension: string): string {
  const safe = view.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '') || 'view';
  const time = new Date(at).toISOString().slice(0, 19).replace(/:/g, '-');
  return `ridgeline-${safe}-${time}Z.${extension}`;
}
