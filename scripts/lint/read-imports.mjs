// Reads what a TypeScript file imports.
import { parseSync, Visitor } from 'vite';

/**
 * @typedef {object} Import
 * @property {string} from the module's specifier as written
 * @property {boolean} typesOnly whether nothing of it is left when types are erased
 * @property {number} line
 *
 * @typedef {object} ImpureUse something that reads the world instead of its arguments
 * @property {string} what e.g. `Date.now`
 * @property {number} line
 */

const impureMembers = ['Date.now', 'Math.random', 'performance.now'];
const impureGlobals = ['process', 'Buffer', '__dirname', 'require'];

/**
 * @param {string} path for messages, and to know TypeScript from JSX
 * @param {string} source
 * @returns {{ imports: Import[], impureUses: ImpureUse[] }}
 * @throws {Error} when the file does not parse
 */
export function readImports(path, source) {
  const { program, errors } = parseSync(path, source);
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`);
  /** @type {Import[]} */
  const imports = [];
  /** @type {ImpureUse[]} */
  const impureUses = [];
  /** Names the file imports: `process` may be a room of attributes. */
  const bound = new Set();
  const lineAt = (/** @type {number} */ offset) => source.slice(0, offset).split('\n').length;
  /** @type {(from: unknown, typesOnly: boolean, offset: number) => void} */
  const add = (from, typesOnly, offset) => {
    if (typeof from === 'string') imports.push({ from, typesOnly, line: lineAt(offset) });
  };
  const impure = (/** @type {string} */ what, /** @type {number} */ offset) => {
    impureUses.push({ what, line: lineAt(offset) });
  };
  new Visitor({
    // `import { type A } from 'a'` keeps a bare `import 'a'` under verbatimModuleSyntax: it is no type import.
    ImportDeclaration: (node) => {
      add(node.source.value, node.importKind === 'type', node.start);
      for (const specifier of node.specifiers) bound.add(specifier.local.name);
    },
    ExportNamedDeclaration: (node) => add(node.source?.value, node.exportKind === 'type', node.start),
    ExportAllDeclaration: (node) => add(node.source.value, node.exportKind === 'type', node.start),
    ImportExpression: (node) =>
      add('value' in node.source ? node.source.value : undefined, false, node.start),
    TSImportType: (node) => add(node.source.value, true, node.start),
    MemberExpression: (node) => {
      if (node.object.type !== 'Identifier' || node.property.type !== 'Identifier') return;
      const member = `${node.object.name}.${node.property.name}`;
      if (impureMembers.includes(member)) impure(member, node.start);
      else if (impureGlobals.includes(node.object.name) && !bound.has(node.object.name)) {
        impure(node.object.name, node.start);
      }
    },
    NewExpression: (node) => {
      const isNow =
        node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0;
      if (isNow) impure('new Date()', node.start);
    },
  }).visit(program);
  return { imports, impureUses };
}
