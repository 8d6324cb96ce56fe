import type { MetadataRow, MetricRow, Millis } from '@ridgeline/core';

const BYTE_UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** `512 B`, `1.5 GB`; 1 KB is 1024 bytes, as in the filter language. */
export function describeBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1024 && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${BYTE_UNITS[unit]}`;
}

/** `12,345` */
export function describeCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A metric's value with its unit. */
export function describeMetric({ value, format }: Pick<MetricRow, 'value' | 'format'>): string {
  switch (format) {
    case 'percent':
      return `${value >= 10 || value === 0 ? Math.round(value) : value.toFixed(1)}%`;
    case 'filesize':
      return describeBytes(value);
    case 'integer':
      return describeCount(Math.round(value));
    default:
      return String(value);
  }
}

const SPANS: readonly (readonly [seconds: number, unit: string])[] = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'm'],
  [1, 's'],
];

/** The two greatest units of a span: `3d 4h`, `12m 5s`, `0s`. */
export function describeSpan(millis: Millis): string {
  let seconds = Math.max(0, Math.floor(millis / 1000));
  const parts: string[] = [];
  for (const [size, unit] of SPANS) {
    const count = Math.floor(seconds / size);
    seconds -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.length === 0 ? '0s' : parts.join(' ');
}

/** A value of a node's metadata as text; an instant as its distance from `now`. */
export function describeMetadata({ value, dataType }: MetadataRow, now: Millis): string {
  if (dataType === 'datetime') {
    const at = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Date.parse(value);
    return Number.isFinite(at) ? `${describeSpan(now - at)} ago` : value;
  }
  if (dataType === 'duration' && /^\d+(\.\d+)?$/.test(value)) return describeSpan(Number(value) * 1000);
  return value;
}

/** Time of day, in the time zone of the machine: `15:08:31`. */
export function describeTime(at: Millis): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

const BARS = '▁▂▃▄▅▆▇█';

/** A line of bars, the newest value last; `max` is a full bar. Empty for less than two values. */
export function sparkline(values: readonly number[], max: number, width: number): string {
  if (values.length < 2) return '';
  const top = Math.max(max, ...values, Number.MIN_VALUE);
  return values
    .slice(-width)
    .map((value) => BARS[Math.min(7, Math.max(0, Math.floor((value / top) * 8)))])
    .join('');
}
