const laws = ['least.laws.test.mjs'];

/** @type {readonly import('../../mutants/mutant.ts').Mutant[]} */
export const mutants = [
  { name: 'least-is-greatest', file: 'least.mjs', find: 'number < result', replace: 'number > result', laws },
  {
    name: 'least-keeps-the-last-equal',
    file: 'least.mjs',
    find: 'number < result',
    replace: 'number <= result',
    laws,
  },
  {
    name: 'only-an-example-notices',
    file: 'least.mjs',
    find: 'Number.POSITIVE_INFINITY',
    replace: '1e9',
    laws,
  },
  { name: 'does-not-compile', file: 'least.mjs', find: 'let result', replace: 'let', laws },
  { name: 'never-loaded', file: 'unrelated.mjs', find: '= 1', replace: '= 2', laws },
];
