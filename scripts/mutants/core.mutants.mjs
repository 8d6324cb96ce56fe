// Mutants of core: one small edit each, which a law must catch.

import { mutantsIn } from './mutants-of.mjs';

const mergeLaws = ['packages/core/test/model/merge.laws.test.ts'];
const layerLaws = ['packages/core/test/filter/layer.laws.test.ts'];
const combinatorLaws = ['packages/core/test/render/combinators.laws.test.ts'];
const planLaws = ['packages/core/test/render/renderer.laws.test.ts'];
const engineLaws = ['packages/core/test/engine/engine.laws.test.ts'];
const deltaLaws = ['packages/core/test/view/delta.laws.test.ts'];
const liveLaws = ['packages/core/test/live/live.laws.test.ts'];
const evidenceLaws = ['packages/core/test/view/evidence.laws.test.ts'];
const detailsLaws = ['packages/core/test/engine/details.laws.test.ts'];
const idLaws = [
  'packages/core/test/ids/node-id.laws.test.ts',
  'packages/core/test/ids/symbol-table.laws.test.ts',
];

const mutantsOf = mutantsIn('packages/core/src');

const columns = mutantsOf('model/build-columns.ts', mergeLaws);
const edges = mutantsOf('model/build-edges.ts', mergeLaws);
const metrics = mutantsOf('model/build-metrics.ts', mergeLaws);
const merge = mutantsOf('model/merge.ts', mergeLaws);
const combine = mutantsOf('model/combine-topologies.ts', mergeLaws);
const templates = mutantsOf('model/topology-templates.ts', mergeLaws);
const tokens = mutantsOf('model/unite-tokens.ts', mergeLaws);
const fold = mutantsOf('filter/layer.ts', layerLaws);
const layer = mutantsOf('filter/apply-layer.ts', layerLaws);
const compile = mutantsOf('filter/compile.ts', layerLaws);
const restrict = mutantsOf('model/restrict.ts', layerLaws);
const group = mutantsOf('render/group.ts', combinatorLaws);
const follow = mutantsOf('render/follow-edges.ts', combinatorLaws);
const join = mutantsOf('render/join.ts', combinatorLaws);
const reduce = mutantsOf('render/reduce.ts', combinatorLaws);
const members = mutantsOf('render/member-list.ts', combinatorLaws);
const counts = mutantsOf('render/counts.ts', combinatorLaws);
const sources = mutantsOf('render/column-sources.ts', combinatorLaws);
const pairs = mutantsOf('internal/csr.ts', combinatorLaws);
const interpret = mutantsOf('render/interpret.ts', planLaws);
const memo = mutantsOf('render/memo.ts', engineLaws);
const context = mutantsOf('render/context.ts', engineLaws);
const site = mutantsOf('engine/render-view.ts', engineLaws);
const slots = mutantsOf('engine/slots.ts', engineLaws);
const delta = mutantsOf('view/delta.ts', deltaLaws);
const equality = mutantsOf('internal/is-equal.ts', deltaLaws);
const evidence = mutantsOf('view/evidence.ts', evidenceLaws);
const leaves = mutantsOf('view/leaves.ts', evidenceLaws);
const uncut = mutantsOf('filter/apply-layer.ts', evidenceLaws);
const details = mutantsOf('view/details.ts', detailsLaws);
const engine = mutantsOf('engine/engine.ts', detailsLaws);
const watch = mutantsOf('live/watch.ts', liveLaws);
const conflate = mutantsOf('live/conflate.ts', liveLaws);
const ids = mutantsOf('ids/node-id.ts', idLaws);
const texts = mutantsOf('ids/text-table.ts', idLaws);

/** @type {readonly import('./mutant.ts').Mutant[]} */
export const mutants = [
  // The merge.
  columns(
    'merge-lww-ignores-time',
    'symbols.compareInstants(time as number, otherTime as number) ||',
    '0 ||',
  ),
  columns('merge-lww-first-of-equal-times', 'symbols.compare(value as number, otherValue as number)', '0'),
  columns(
    'merge-keeps-doubles-in-sets',
    'values[end - 1] === value[e]) continue',
    'values[end - 1] !== value[e]) continue',
  ),
  edges(
    'merge-adds-connections',
    'column[at] = again ? Math.max(column[at] as number, value) : value',
    'column[at] = again ? (column[at] as number) + value : value',
  ),
  edges(
    'merge-last-first-seen',
    'Math.min(facts.firstSeen[at] as number, firstSeen)',
    'Math.max(facts.firstSeen[at] as number, firstSeen)',
  ),
  edges(
    'merge-guess-spreads',
    '(facts.guessed[at] as number) & guessed',
    '(facts.guessed[at] as number) | guessed',
  ),
  metrics(
    'merge-last-sample-wins',
    'Math.max(values[end - 1] as number, values[i] as number)',
    'values[i] as number',
  ),
  metrics('merge-empty-series-widens', 'if (a === b) {', 'if (a > b) {'),
  merge('merge-window-of-the-last', 'from: Math.min(a.from, b.from)', 'from: b.from'),
  merge('merge-sampling-adds-up', 'seen: Math.max(a.seen, b.seen)', 'seen: a.seen + b.seen'),
  merge('merge-first-loss-wins', 'known.count < loss.count', 'false'),
  combine(
    'merge-forgets-facts',
    'facts.push(edge, map === undefined ? source : map.symbol(source),',
    'if (f === 0) facts.push(edge, map === undefined ? source : map.symbol(source),',
  ),
  templates(
    'merge-first-label-wins',
    'if (a.label !== b.label) return a.label === first ? a : b;',
    'if (a.label !== b.label) return a;',
  ),
  tokens(
    'merge-tokens-at-the-first-time',
    'if (symbols.compareInstants(time, newest) > 0) newest = time;',
    '',
  ),
  slots(
    'slots-forget-to-join-again',
    'if (this.#slots.delete(JSON.stringify([origin.source, origin.host]))) this.#joined = undefined;',
    'this.#slots.delete(JSON.stringify([origin.source, origin.host]));',
  ),
  slots(
    'slots-take-any-parts-for-the-same',
    'known.parts.every((part, i) => part === list[i])',
    'known.parts.length > 0',
  ),

  // The fold.
  fold('fold-ignores-pseudo-in-doubles', 'id: stableHash({ expr, pseudo })', 'id: stableHash({ expr })'),
  fold('fold-keeps-the-first-origin', 'new Map([...a.from, ...b.from].map', 'new Map([...a.from].map'),
  fold('fold-does-not-split', "return expr.kind === 'and' ? expr.of : [expr];", 'return [expr];'),
  fold(
    'fold-drops-a-never',
    "if (expr.kind === 'constant' && expr.value) return [];",
    "if (expr.kind === 'constant') return [];",
  ),
  fold('fold-in-order-of-arrival', '.sort((a, b) => (a.id < b.id ? -1 : 1)), orphans', ', orphans'),

  // The layer, its prune and its ledger.
  layer('layer-tests-the-exempt', "const exempt = clause.pseudo === 'exempt';", 'const exempt = false;'),
  layer(
    'layer-keeps-what-one-rejects',
    'solo[row] = solo[row] === PASSES ? c : FAILS_SEVERAL;',
    'solo[row] = c;',
  ),
  layer(
    'layer-keeps-the-internet-edge',
    'from === incoming && to === outgoing',
    'from === outgoing && to === incoming',
  ),
  layer('prune-spares-self-loops', 'b === FAILS_SEVERAL || to === from ||', 'b === FAILS_SEVERAL ||'),
  layer('prune-drops-heads', '        always[to] = 1;\n', ''),
  layer('prune-takes-real-orphans', "if (orphans === 'drop') return", "if (orphans !== 'keep') return"),
  layer('ledger-orphans-count-as-shown', '      orphaned++;\n', '      orphaned++;\n      shown++;\n'),
  layer(
    'ledger-only-forgets-revived-orphans',
    '        only[c] = (only[c] as number) + 1;\n      });',
    '      });',
  ),
  layer(
    'ledger-only-ignores-orphans',
    'if (spared[row] === 1 || connected.without(row, clause))',
    'if (spared[row] === 1 || clause >= 0)',
  ),
  layer(
    'ledger-rejected-by-the-first',
    'rejected[c] = (rejected[c] as number) + 1;',
    'if (solo[row] === PASSES) rejected[c] = (rejected[c] as number) + 1;',
  ),
  layer(
    'ledger-edges-count-the-internet',
    '{ total: countEdges(topology.out, internet), shown',
    '{ total: topology.out.to.length, shown',
  ),
  restrict(
    'layer-shifts-members',
    'start[at + 1] = end;\n  }\n  return { start, table',
    'start[at] = end;\n  }\n  return { start, table',
  ),
  restrict('layer-loses-what-is-known', 'columnRow[at] = topology.columnRowOf(row);', 'columnRow[at] = at;'),
  compile('filter-and-is-or', "expr.kind === 'and',", "expr.kind === 'or',"),
  compile(
    'filter-absent-is-accepted',
    'if (symbol === NONE) continue;',
    'if (symbol === NONE) {\n      holds[row] = 1;\n      continue;\n    }',
  ),
  site(
    'site-prunes-members',
    'const { orphans, clauses } = layer.layer;',
    "const { clauses } = layer.layer;\n  const orphans = 'keep';",
  ),
  site('site-only-before-the-prune', 'pruneOrphans(without, orphans).topology.size', 'without.size'),
  site(
    'site-counts-members-as-nodes',
    'countClause(clause, whole.size - alone.size,',
    'countClause(clause, rejected[c] as number,',
  ),

  // Group, join and reduce.
  group('group-keeps-self-loops', "selfLoops: options.selfLoops ?? 'drop',", "selfLoops: 'keep',"),
  group('group-forgets-deep-members', "members: options.members ?? 'deep',", "members: 'direct',"),
  group('group-counts-a-double-twice', 'if (this.#lastUnder.at(out) === row + 1) return;', ''),
  group(
    'group-first-kind-wins',
    'this.#input.symbols.compare(kind, known) > 0',
    'this.#input.symbols.compare(kind, known) > 9',
  ),
  follow(
    'group-drops-the-last-row',
    'for (let n = 0; n < single.length; n++)',
    'for (let n = 0; n < single.length - 1; n++)',
  ),
  follow(
    'group-follows-the-first-target-only',
    'for (let o = firstOut; o < lastOut; o++)',
    'for (let o = firstOut; o < firstOut + 1; o++)',
  ),
  pairs('group-edges-twice', 'if (last[row] === c) {', 'if (last[row] === -2) {'),
  members('group-members-twice', 'if (place < first) {', 'if (place < end) {'),
  counts('group-counts-the-last-only', 'counts[out] = (counts[out] as number) + by;', 'counts[out] = by;'),
  sources(
    'group-mixes-columns',
    'if (described !== NONE && described !== this.#columnRows.at(i)) return false;',
    '',
  ),
  join(
    'join-first-of-a-shared-key',
    'index.set(symbol, known === NONE ? row : VOID);',
    'if (known === NONE) index.set(symbol, row);',
  ),
  join(
    'join-looks-on-after-a-shared-key',
    'if (found !== VOID) place.under',
    'if (found === VOID) continue;\n        place.under',
  ),
  reduce('reduce-adds-counts', 'counts.atLeast(out, topology,', 'counts.add(out, topology,'),
  reduce(
    'reduce-first-kind-wins',
    '} else if (symbols.compare(kind, kinds[out] as Sym) > 0) kinds[out] = kind;',
    '}',
  ),

  // The interpreter and its memo.
  interpret('interpret-goes-on-when-aborted', 'if (signal?.aborted === true) throw abortError();', ''),
  memo('memo-ignores-inputs', 'r.inputs.every((input, i) => input === inputs[i]) &&', ''),
  memo('memo-ignores-readings', 'holds(r.readings, report),', 'r.readings !== undefined,'),
  context('memo-forgets-a-reading', 'this.readings.push({ read, found });', ''),

  // Deltas and following.
  delta('delta-forgets-removals', 'for (const id of before.keys()) if (!after.has(id)) remove.push(id);', ''),
  delta(
    'delta-updates-what-is-equal',
    'else if (!isSame(known, node)) update.push(node);',
    'else update.push(node);',
  ),
  delta('delta-takes-any-epoch', 'held.epoch !== delta.epoch', 'false'),
  delta('delta-takes-a-gap', 'if (held.seq !== delta.from)', 'if (held.seq > delta.from)'),
  equality(
    'delta-shallow-equality',
    'isEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),',
    "key !== 'label',",
  ),
  watch(
    'watch-diffs-across-views',
    'held === undefined || held.picture.view !== picture.view',
    'held === undefined',
  ),
  conflate('conflate-keeps-the-oldest', 'newest = { value };', 'newest ??= { value };'),

  // Ids.
  ids(
    'id-percent-unescaped',
    "part.replaceAll('%', '%25').replaceAll(';', '%3B')",
    "part.replaceAll(';', '%3B')",
  ),
  ids(
    'id-unescapes-twice',
    "text.replaceAll('%3B', ';').replaceAll('%25', '%')",
    "text.replaceAll('%25', '%').replaceAll('%3B', ';')",
  ),
  texts('symbols-of-one-hash-are-one', 'mine[from + i] === bytes[start + i]', 'i >= 0'),
  texts('strings-of-one-hash-are-one', 'this.#bytes[from + i] === text.charCodeAt(i)', 'i >= 0'),
  texts(
    'symbols-strip-a-byte-order-mark',
    "new TextDecoder('utf-8', { ignoreBOM: true })",
    "new TextDecoder('utf-8')",
  ),

  // Evidence and details.
  evidence('evidence-joins-instead-of-adding', 'fact : addFacts(known, fact)', 'fact : known'),
  evidence(
    'evidence-ignores-heads',
    'if (among.has(head)) sum.add(reported, edge);',
    'sum.add(reported, edge);',
  ),
  leaves(
    'evidence-forgets-the-row-itself',
    '  visitReported(topology, row, report, visit);\n  const',
    '  const',
  ),
  evidence('evidence-takes-edges-not-shown', 'hasEdge(topology.out, x, y)', 'x >= 0 && y >= 0'),
  uncut(
    'ledger-counts-cut-edges',
    'shown: result.out.to.length }',
    'shown: countEdges(topology.out, internet) }',
  ),
  details(
    'details-of-shown-nodes-only',
    'const hidden = whole.rowOf(id);',
    'const hidden = shown.rowOf(id);',
  ),
  engine(
    'details-show-the-node',
    "const { topology: whole } = this.render({ view: request.view, raw: true, orphans: 'keep' });",
    "const { topology: whole } = this.render({ view: request.view, raw: true, orphans: 'keep' }); this.#settings = { ...this.#settings };",
  ),
];
