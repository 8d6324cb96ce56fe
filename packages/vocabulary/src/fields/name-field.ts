import { type Field, type FieldColumn, NONE, prefixedField, type Topology } from '@ridgeline/core';

/** Groups of nodes by a value are called by that value, which is their id (RULES.md §1). */
const GROUP = 'group:';

/**
 * What a node is called: the first of several keys that it has; a group by its id.
 *
 * @param keys - the keys under which sources say names
 */
export function nameField(keys: readonly string[]): Field {
  const byKeys = prefixedField('name', '', keys);
  return Object.freeze({
    name: 'name',
    description: 'what the node is called: process, container, image, Kubernetes object, host, group, …',
    reads: 'node',
    read: (topology: Topology): FieldColumn => {
      const named = byKeys.read(topology, '');
      if (named.kind !== 'symbols' || topology.uniform) return named;
      const column = named.column.slice();
      for (let row = 0; row < topology.size; row++) {
        if (column[row] === NONE && topology.kindOf(row).startsWith(GROUP))
          column[row] = topology.ids[row] as number;
      }
      return { kind: 'symbols', column };
    },
  });
}
