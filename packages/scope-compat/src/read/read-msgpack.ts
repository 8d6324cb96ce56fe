import { NONE, type Row, type Sym } from '@ridgeline/core';
import { topologyOfKey } from '../wire/topology-names.ts';
import { JsonValue } from './json-value.ts';
import { MsgpackCursor, WireFault } from './msgpack-cursor.ts';
import { readValue, skipValue } from './msgpack-value.ts';
import { badReport, pointerStep } from './read-error.ts';
import { isHeadField, readHeadField } from './read-head.ts';
import { MsgpackNodeReader } from './read-msgpack-node.ts';
import { readTemplates } from './read-templates.ts';
import type { ReportAssembly } from './report-assembly.ts';
import type { Field, TemplateMemo } from './template-memo.ts';
import type { TopologyAssembly } from './topology-assembly.ts';

/**
 * Reads a report from msgpack, straight from its bytes into columns: no object is made for a node.
 *
 * @throws RidgelineError `BAD_REPORT` with the path of what is wrong
 */
export function readMsgpackReport(bytes: Uint8Array, assembly: ReportAssembly): void {
  const cursor = new MsgpackCursor(bytes, assembly.limits, assembly.symbols);
  const place: Place = { key: '', section: '', id: NONE };
  try {
    for (let left = cursor.mapSize(); left > 0; left--) {
      place.key = '';
      place.key = cursor.string();
      const name = topologyOfKey(place.key);
      if (name !== undefined) readTopology(cursor, assembly, assembly.topology(name), place);
      else readField(cursor, assembly, place.key);
    }
  } catch (error) {
    if (error instanceof WireFault) throw badReport(pathOf(place, assembly), error.message, error);
    throw error;
  }
}

/** Where the reader is: enough to name the place when something is wrong, and nothing that costs when not. */
interface Place {
  key: string;
  section: string;
  id: Sym;
}

function pathOf({ key, section, id }: Place, { symbols }: ReportAssembly): string {
  return [key, section, id === NONE ? '' : symbols.text(id)]
    .filter((step) => step !== '')
    .map(pointerStep)
    .join('');
}

function readField(cursor: MsgpackCursor, assembly: ReportAssembly, key: string): void {
  if (key === 'TS') {
    if (cursor.time()) assembly.startedAt = assembly.symbols.instant(cursor.millis, cursor.nanos);
  } else if (isHeadField(key))
    readHeadField(assembly, key, new JsonValue(readValue(cursor), pointerStep(key)));
  else skipValue(cursor);
}

/** The fields beside the nodes are small, the same in most reports, and read as JSON is. */
function readTopology(
  cursor: MsgpackCursor,
  report: ReportAssembly,
  topology: TopologyAssembly,
  place: Place,
): void {
  const { memo } = report;
  const fields: Field[] = [];
  for (let left = cursor.mapSize(); left > 0; left--) {
    const key = cursor.string();
    if (key === 'nodes') readNodes(cursor, report, topology, place);
    else fields.push([key, readTemplateField(cursor, memo, place.key, key)]);
  }
  topology.templates = memo.templates(place.key, fields, () =>
    readTemplates(new JsonValue(Object.fromEntries(fields), pointerStep(place.key))),
  );
}

function readTemplateField(
  cursor: MsgpackCursor,
  memo: TemplateMemo,
  topology: string,
  key: string,
): unknown {
  const known = memo.field(topology, key);
  if (known !== undefined && cursor.passIf(known.bytes)) return known.value;
  const start = cursor.at;
  const value = readValue(cursor);
  memo.keepField(topology, key, cursor.bytes.slice(start, cursor.at), value);
  return value;
}

function readNodes(
  cursor: MsgpackCursor,
  report: ReportAssembly,
  topology: TopologyAssembly,
  place: Place,
): void {
  const count = cursor.mapSize();
  if (count === 0) return;
  place.section = 'nodes';
  report.expectNodes(pathOf(place, report), count);
  const reader = new MsgpackNodeReader(cursor, topology);
  const { symbols } = report;
  for (let left = count; left > 0; left--) {
    cursor.text();
    const id = symbols.internUtf8(cursor.bytes, cursor.textStart, cursor.textEnd);
    place.id = id;
    const row: Row = topology.builder.rowOfSymbol(id);
    reader.read(row, id);
  }
  place.id = NONE;
  place.section = '';
}
