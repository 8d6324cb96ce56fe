// Mutants of policies: one small edit each, by which something hidden is told, and which law D15 must catch.
import { mutantsIn } from './mutants-of.mjs';

const laws = ['packages/core/test/filter/policy.laws.test.ts'];
const mutantsOf = mutantsIn('packages/core/src/filter');

const policy = mutantsOf('policy.ts', laws);
const hidden = mutantsOf('policy-hidden.ts', laws);
const rest = mutantsOf('policy-rest.ts', laws);
const rewrite = mutantsOf('policy-rewrite.ts', laws);

/** @type {readonly import('./mutant.ts').Mutant[]} */
export const mutants = [
  rest(
    'policy-keeps-names-of-hidden-addresses',
    'filter(([address]) => known.has(address))',
    'filter(() => true)',
  ),
  rest('policy-keeps-losses-of-hidden-hosts', 'filter(({ host }) => seen.has(host))', 'filter(() => true)'),
  rest('policy-keeps-sampling', 'sampling: new Map(),', 'sampling: report.sampling,'),
  rest('policy-keeps-issues', 'issues: [],', 'issues: report.issues,'),
  policy('policy-shows-emptied-topologies', '!hides || size > 0', 'size >= 0'),
  policy(
    'policy-forgets-its-topologies',
    'known !== undefined && isSameTopology(known, made) ? known : made',
    'made',
  ),
  hidden(
    'policy-hides-one-generation',
    'if (isLeft || !isLost) continue;\n        rows[row] = 1;\n        found = true;',
    'if (isLeft || !isLost) continue;\n        rows[row] = 1;',
  ),
  hidden('policy-hides-by-one-owner', 'if (isLeft || !isLost) continue;', 'if (!isLost) continue;'),
  hidden('policy-ignores-parents', '[...this.#links, ...this.#parentsIn(report)]', 'this.#links'),
  hidden(
    'policy-ignores-names',
    'link.names === undefined ? (of) => columnWords(of.ids) : reading(link.names)',
    '(of) => columnWords(of.ids)',
  ),
  rewrite('policy-keeps-edges-to-hidden', 'if (gone?.has(to) === true) continue;', ''),
  rewrite('policy-keeps-hidden-parents', 'if (!isHidden(topology, hidden, kind, id)) builder', 'builder'),
  rewrite(
    'policy-keeps-arguments',
    'symbols.intern(text.slice(0, end))',
    'symbols.intern(text.slice(0, end + 2))',
  ),
  rewrite(
    'policy-keeps-environment',
    "how === 'remove' || !refer(row, key, value)",
    '!refer(row, key, value)',
  ),
];
