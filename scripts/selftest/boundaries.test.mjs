import { describe, expect, it } from 'vitest';
import { importProblem } from '../lint/boundaries.mjs';
import { packageDirections } from '../lint/directions.mjs';
import { readImports } from '../lint/read-imports.mjs';
import { membersIn } from '../workspace.mjs';

/** @type {(owner: string, path: string, from: string, typesOnly?: boolean) => string | undefined} */
const problem = (owner, path, from, typesOnly = false) =>
  importProblem(owner, path, { from, typesOnly, line: 1 });

describe('readImports', () => {
  it('finds every form of import, and which leave nothing behind', () => {
    const source = [
      "import type { A } from 'a';",
      "import { type B } from 'b';",
      "import 'c';",
      "export * from 'd';",
      "export type { E } from 'e';",
      "const f = await import('f');",
      "type G = import('g').G;",
      "// import 'comment';",
      'const text = "import \'text\'";',
    ].join('\n');
    expect(readImports('x.ts', source).imports).toEqual([
      { from: 'a', typesOnly: true, line: 1 },
      { from: 'b', typesOnly: false, line: 2 },
      { from: 'c', typesOnly: false, line: 3 },
      { from: 'd', typesOnly: false, line: 4 },
      { from: 'e', typesOnly: true, line: 5 },
      { from: 'f', typesOnly: false, line: 6 },
      { from: 'g', typesOnly: true, line: 7 },
    ]);
  });
  it('finds what reads the world', () => {
    const source = 'f(Date.now(), Math.random(), new Date(), process.env, new Date(0), Math.max(1));';
    const uses = readImports('x.ts', source).impureUses.map(({ what }) => what);
    expect(uses.sort()).toEqual(['Date.now', 'Math.random', 'new Date()', 'process']);
  });
});

describe('who may import whom', () => {
  it('has a row for every package', () => {
    expect(membersIn('packages').filter(({ shortName }) => !(shortName in packageDirections))).toEqual([]);
  });
  it('between packages', () => {
    expect(problem('vocabulary', 'index.ts', '@ridgeline/core')).toBeUndefined();
    expect(problem('core', 'index.ts', '@ridgeline/vocabulary')).toContain('core may not import vocabulary');
    expect(problem('source-procfs', 'index.ts', '@ridgeline/renderers-builtin')).toContain('may not import');
    expect(problem('filters-builtin', 'index.ts', '@ridgeline/renderers-builtin')).toContain(
      'may not import',
    );
    expect(problem('core', 'index.ts', '../../vocabulary/src/index.ts')).toContain('leaves src/');
    expect(problem('unheard-of', 'index.ts', 'rxjs')).toContain('no row');
  });
  it('by entry, where only one is open', () => {
    expect(problem('diagram', 'scene.ts', '@ridgeline/core/wire', true)).toBeUndefined();
    expect(problem('diagram', 'scene.ts', '@ridgeline/core', true)).toContain('diagram may not import core');
    expect(problem('runtime', 'container.ts', '@ridgeline/core/live')).toBeUndefined();
  });
  it('inside core', () => {
    expect(problem('core', 'render/group.ts', '../model/topology.ts')).toBeUndefined();
    expect(problem('core', 'model/topology.ts', '../render/group.ts')).toContain(
      'model may not import render',
    );
    expect(problem('core', 'model/topology.ts', '../internal/csr.ts')).toBeUndefined();
    expect(problem('core', 'internal/csr.ts', '../model/topology.ts')).toContain('is a leaf');
    expect(problem('core', 'wire.ts', './view/delta.ts', true)).toBeUndefined();
    expect(problem('core', 'wire.ts', './view/delta.ts')).toContain('is a leaf');
    expect(problem('core', 'model/topology.ts', './adjacency.ts')).toBeUndefined();
    expect(problem('core', 'index.ts', './live/watch.ts')).toBeUndefined();
    expect(problem('core', 'attic/old.ts', '../model/topology.ts')).toContain('no room called attic');
  });
  it('of rxjs: its types below live, its values in live', () => {
    expect(problem('core', 'engine/engine.ts', 'rxjs', true)).toBeUndefined();
    expect(problem('core', 'engine/engine.ts', 'rxjs')).toContain('only live');
    expect(problem('core', 'live/watch.ts', 'rxjs')).toBeUndefined();
  });
  it('of confined modules and of Node', () => {
    expect(problem('core', 'index.ts', 'tsyringe')).toContain('runtime only');
    expect(problem('source-ebpf', 'index.ts', 'koffi')).toContain('linux only');
    expect(problem('linux', 'linux.ts', 'koffi')).toBeUndefined();
    expect(problem('core', 'index.ts', 'node:fs')).toContain("may not use Node's node:fs");
    expect(problem('source-procfs', 'index.ts', 'node:fs/promises')).toBeUndefined();
  });
});
