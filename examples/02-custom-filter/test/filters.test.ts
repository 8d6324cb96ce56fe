import {
  coreFields,
  FieldCatalogue,
  type FilterDef,
  foldLayer,
  parseFilter,
  SymbolTable,
  TopologyBuilder,
} from '@ridgeline/core';
import { applyTo } from '@ridgeline/testkit';
import { containerCreated, containerId } from '@ridgeline/vocabulary';
import { describe, expect, it } from 'vitest';
import { busy, olderThan } from '../src/index.ts';

const environment = {
  fields: new FieldCatalogue(coreFields),
  filters: new Map<string, FilterDef>([
    ['older-than', olderThan],
    ['busy', busy],
  ]),
};

/** Three containers, made at 0, 30 and 60 hours before 1970; the middle one talks to both others. */
function containers() {
  const builder = new TopologyBuilder('container', new SymbolTable(), 0);
  const ids = ['new', 'middle', 'old'].map((key) => containerId.encode(key));
  for (const [i, id] of ids.entries()) builder.set(builder.row(id), containerCreated, -30 * i * 3_600_000);
  for (const id of [ids[0], ids[2]]) if (id !== undefined) builder.edge(1, id);
  return builder.build();
}

function shown(text: string): readonly string[] {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(`${text} cannot be read`);
  const layer = foldLayer([{ expr: parsed.expr, from: { kind: 'request' } }], 'keep');
  const { topology } = applyTo({ topology: containers(), environment }, layer);
  return Array.from({ length: topology.size }, (_, row) => containerId.decode(topology.idOf(row))?.[0] ?? '');
}

describe('older-than', () => {
  it('keeps what is older, and says what it wants when it is asked otherwise', () => {
    expect(shown('older-than(24)')).toEqual(['middle', 'old']);
    expect(shown('not older-than(48)')).toEqual(['new', 'middle']);
    expect(() => shown('older-than(soon)')).toThrow(/filter older-than: hours: /);
    expect(() => shown('older-than(0)')).toThrow(/filter older-than: hours: /);
  });
});

describe('busy', () => {
  it('counts neighbours', () => {
    expect(shown('busy(2)')).toEqual(['middle']);
    expect(shown('busy(1) and older-than(24)')).toEqual(['middle', 'old']);
  });
});
