import { countWords } from './count.ts';

/** A number as it is shown, and what it counts. */
export interface Quantity {
  readonly figure: string;
  /** Empty for a bare number. */
  readonly unit: string;
}

const BYTE_UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** `1.5 GB`; 1 KB is 1024 bytes, as in the filter language. */
export function bytesQuantity(bytes: number): Quantity {
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1024 && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const figure = unit === 0 || Math.abs(value) >= 100 ? String(Math.round(value)) : value.toFixed(1);
  return { figure, unit: BYTE_UNITS[unit] as string };
}

/** The value of a metric by its template's format; an unknown format is a bare number. */
export function metricQuantity(value: number, format: string | undefined): Quantity {
  switch (format) {
    case 'percent':
      return { figure: value >= 10 || value === 0 ? String(Math.round(value)) : value.toFixed(1), unit: '%' };
    case 'filesize':
      return bytesQuantity(value);
    case 'integer':
      return { figure: countWords(Math.round(value)), unit: '' };
    default:
      return {
        figure: Number.isInteger(value) ? countWords(value) : String(Number(value.toPrecision(4))),
        unit: '',
      };
  }
}

/** `35 %`, `1.5 GB`, `214` */
export function quantityWords({ figure, unit }: Quantity): string {
  return unit === '' ? figure : `${figure} ${unit}`;
}
