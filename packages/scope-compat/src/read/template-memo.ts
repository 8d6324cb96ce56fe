import type { TopologyName, TopologyTemplates } from '@ridgeline/core';

/** A field of a topology, as read. */
export type Field = readonly [key: string, value: unknown];

interface KnownField {
  readonly bytes: Uint8Array;
  readonly value: unknown;
}

interface KnownTemplates {
  readonly fields: readonly Field[];
  readonly templates: TopologyTemplates;
}

/**
 * Remembers what reports say of how topologies are shown. Every full report of every probe says the same again, so it is
 * compared with what was read last, byte by byte, and not read anew; the same templates are the same object then, which
 * spares the merge its work, too.
 */
export class TemplateMemo {
  readonly #fields = new Map<string, KnownField>();
  readonly #templates = new Map<TopologyName, KnownTemplates>();

  /** What a field of a topology was last. */
  field(topology: TopologyName, key: string): KnownField | undefined {
    return this.#fields.get(`${topology} ${key}`);
  }

  keepField(topology: TopologyName, key: string, bytes: Uint8Array, value: unknown): void {
    this.#fields.set(`${topology} ${key}`, { bytes, value });
  }

  /** The templates that are made of fields; those made last, when the fields are the same objects. */
  templates(
    topology: TopologyName,
    fields: readonly Field[],
    make: () => TopologyTemplates,
  ): TopologyTemplates {
    const known = this.#templates.get(topology);
    if (known !== undefined && sameFields(known.fields, fields)) return known.templates;
    const templates = make();
    this.#templates.set(topology, { fields, templates });
    return templates;
  }
}

function sameFields(a: readonly Field[], b: readonly Field[]): boolean {
  return a.length === b.length && a.every(([key, value], i) => b[i]?.[0] === key && b[i]?.[1] === value);
}
