import type { JSX } from 'preact';

/** Drawn on a raster of 16 by 16, by lines in the colour of the text. */
const PATHS = {
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.8 10.8L14 14',
  export: 'M8 2v8M4.8 7L8 10.2 11.2 7M2.5 13.5h11',
  palette: 'M3 4.5h10M3 8h6M3 11.5h8',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.2 1.2M11.8 11.8L13 13M3 13l1.2-1.2M11.8 4.2L13 3',
  moon: 'M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6z',
  keys: 'M5.6 6a2.4 2.4 0 1 1 3.6 2.1c-.8.5-1.2.9-1.2 1.9M8 12.6v.1',
  tidy: 'M2.5 3.5h4v3h-4zM9.5 2.5h4v3h-4zM9.5 10.5h4v3h-4zM6.5 5L9.5 4M6.5 5.5L9.5 11.5',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  nearer: 'M8 3v10M3 8h10',
  farther: 'M3 8h10',
  fold: 'M3 3.5h10M3 12.5h10M8 5.5v5M6 7.5l2-2 2 2',
  unfold: 'M3 8h10M8 2v4M8 14v-4M6 4l2-2 2 2M6 12l2 2 2-2',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3l8 5-8 5z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
