const SPANS: readonly (readonly [seconds: number, unit: string])[] = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
];

/** A span in its greatest unit, and in the next while the first figure is small: `3 d 4 h`, `12 min`, `0 s`. */
export function spanWords(millis: number): string {
  let seconds = Math.max(0, Math.floor(millis / 1000));
  const parts: string[] = [];
  for (const [size, unit] of SPANS) {
    const count = Math.floor(seconds / size);
    seconds -= count * size;
    if (count === 0) {
      if (parts.length > 0) break;
      continue;
    }
    parts.push(`${count} ${unit}`);
    if (parts.length === 2 || count >= 10) break;
  }
  return parts.length === 0 ? '0 s' : parts.join(' ');
}

/** `12 s ago`; what is less than two seconds away is now, since clocks differ. */
export function agoWords(at: number, now: number): string {
  return now - at < 2000 ? 'just now' : `${spanWords(now - at)} ago`;
}

/** The time of day where the reader is, with the day when it is another: `15:08:31`, `3 May, 15:08:31`. */
export function clockWords(at: number, now: number): string {
  const date = new Date(at);
  const time = date.toLocaleTimeString('en-GB');
  if (date.toDateString() === new Date(now).toDateString()) return time;
  return `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })}, ${time}`;
}
