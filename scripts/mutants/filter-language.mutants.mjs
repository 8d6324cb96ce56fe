// Bugs that the laws of the filter language (D4, D11) must catch.

/** @typedef {import('./mutant.ts').Mutant} Mutant */

const folder = 'packages/core/src/filter';
const normalForm = ['packages/core/test/filter/normalize.laws.test.ts'];
const roundTrips = ['packages/core/test/filter/round-trip.laws.test.ts'];
const mutations = ['packages/core/test/filter/mutation.laws.test.ts'];

/** @type {readonly Mutant[]} */
export const mutants = [
  {
    name: 'filter-de-morgan-keeps-the-kind',
    file: `${folder}/normalize.ts`,
    find: "const kind = (expr.kind === 'and') === negated ? 'or' : 'and';",
    replace: 'const kind = expr.kind;',
    laws: normalForm,
  },
  {
    name: 'filter-not-turns-less-into-not-less',
    file: `${folder}/normalize.ts`,
    find: 'const leaf = normalLeaf(expr);',
    replace:
      "if (negated && expr.kind === 'compare' && expr.op === '<') return normal({ ...expr, op: '>=' }, false, depth);\n" +
      '      const leaf = normalLeaf(expr);',
    laws: normalForm,
  },
  {
    name: 'filter-parts-are-not-sorted',
    file: `${folder}/normalize.ts`,
    find: 'hashed.sort((a, b) => a.hash - b.hash || (a.key < b.key ? -1 : 1));',
    replace: '',
    laws: normalForm,
  },
  {
    name: 'filter-absorbing-constant-is-dropped',
    file: `${folder}/normalize.ts`,
    find: 'if (expr.value === absorbing) return part;',
    replace: '',
    laws: normalForm,
  },
  {
    name: 'filter-negative-zero-stays',
    file: `${folder}/normalize.ts`,
    find: "value.kind === 'number' && value.value === 0 ?",
    replace: 'Object.is(value, undefined) ?',
    laws: roundTrips,
  },
  {
    name: 'filter-print-forgets-parentheses-under-not',
    file: `${folder}/print.ts`,
    find: 'return isList ?',
    replace: 'return isList && expr === undefined ?',
    laws: roundTrips,
  },
  {
    name: 'filter-print-leaves-backslashes',
    file: `${folder}/print.ts`,
    find: '.replace(/["\\\\]/g,',
    replace: '.replace(/["]/g,',
    laws: roundTrips,
  },
  {
    name: 'filter-keywords-in-capitals-are-printed-bare',
    file: `${folder}/print.ts`,
    find: 'if (bareName.test(name) && !isKeyword(name)) return name;',
    replace: 'if (bareName.test(name) && !(isKeyword(name) && name === name.toLowerCase())) return name;',
    laws: roundTrips,
  },
  {
    name: 'filter-print-spells-large-numbers-as-ids',
    file: `${folder}/value.ts`,
    find: 'return Math.abs(value) >= 1e15 ? value.toExponential() : String(value);',
    replace: 'return String(value);',
    laws: roundTrips,
  },
  {
    name: 'filter-or-binds-tighter-than-and',
    file: `${folder}/parse.ts`,
    find: "parseChain(cursor, 'or', () => parseChain(cursor, 'and',",
    replace: "parseChain(cursor, 'and', () => parseChain(cursor, 'or',",
    laws: roundTrips,
  },
  {
    name: 'filter-json-forgets-to-mark-text',
    file: `${folder}/json-form.ts`,
    find: 'if (!read.ok || misspeltUnit(text) !== undefined) return false;',
    replace: 'if (!read.ok) return true;',
    laws: roundTrips,
  },
  {
    name: 'filter-json-drops-the-negation-of-a-match',
    file: `${folder}/read-json.ts`,
    find: "negated: op === '!~'",
    replace: 'negated: false',
    laws: roundTrips,
  },
  {
    name: 'filter-error-points-beyond-the-text',
    file: `${folder}/parse.ts`,
    find: 'end: start + offset + length }',
    replace: 'end: start + offset + length + 1_000_000 }',
    laws: mutations,
  },
  {
    name: 'filter-json-swallows-the-errors-of-a-text',
    file: `${folder}/read-json.ts`,
    find: "if (typeof value === 'string') return readText(context, value, path);",
    replace: "if (typeof value === 'string') return readText({ ...context, errors: [] }, value, path);",
    laws: mutations,
  },
];
