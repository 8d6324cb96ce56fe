import type { DnsNames, ForeignPlugin } from '@ridgeline/core';
import { parseInstant, ZERO_INSTANT } from '../wire/instant-text.ts';
import type { JsonValue } from './json-value.ts';
import type { ReportAssembly } from './report-assembly.ts';

/**
 * Reads a field of a report that is no topology (WIRE.md §1.1).
 *
 * @returns whether it is one that is understood
 */
export function readHeadField(assembly: ReportAssembly, key: string, value: JsonValue): boolean {
  switch (key) {
    case 'TS':
      readStart(assembly, value);
      return true;
    case 'Window':
      assembly.windowNanos = value.number() ?? 0;
      return true;
    case 'Shortcut':
      assembly.shortcut = value.flag() ?? false;
      return true;
    case 'Sampling':
      assembly.sampling = {
        seen: value.get('Count').number() ?? 0,
        total: value.get('Total').number() ?? 0,
      };
      return true;
    case 'DNS':
      assembly.dns = readDns(value);
      return true;
    case 'nodes':
      assembly.misnamedDns = readDns(value);
      return true;
    case 'Plugins':
      assembly.plugins = value.items().map(readPlugin);
      return true;
    default:
      return false;
  }
}

/** Whether a field is one of those that {@link readHeadField} understands. */
export function isHeadField(key: string): boolean {
  return (
    key === 'DNS' ||
    key === 'nodes' ||
    key === 'Plugins' ||
    key === 'Sampling' ||
    key === 'Window' ||
    key === 'Shortcut' ||
    key === 'TS'
  );
}

function readStart(assembly: ReportAssembly, value: JsonValue): void {
  const text = value.text();
  if (text === undefined) return;
  const instant = parseInstant(text);
  if (instant === undefined) throw value.wrong('a time of RFC 3339');
  if (instant.millis !== ZERO_INSTANT.millis) {
    assembly.startedAt = assembly.symbols.instant(instant.millis, instant.nanos);
  }
}

function readDns(value: JsonValue): ReadonlyMap<string, DnsNames> {
  return new Map(
    value
      .entries()
      .map(([address, names]) => [
        address,
        { forward: names.get('forward').texts(), reverse: names.get('reverse').texts() },
      ]),
  );
}

function readPlugin(value: JsonValue): ForeignPlugin {
  const description = value.get('description').text();
  const apiVersion = value.get('api_version').text();
  const status = value.get('status').text();
  return {
    id: value.get('id').text() ?? '',
    label: value.get('label').text() ?? '',
    ...(description === undefined ? {} : { description }),
    interfaces: value
      .get('interfaces')
      .items()
      .map((item) => item.text() ?? ''),
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(status === undefined ? {} : { status }),
  };
}
