/** A law: what it says, and which function of this package says it. */
export interface LawEntry {
  readonly id: string;
  readonly formula: string;
  /** Left out: it is stated by the tests that hold it alone. */
  readonly by?: string;
}

/** The laws, by id; `docs/laws.md` says which test holds each. */
export const lawCatalogue: readonly LawEntry[] = Object.freeze([
  { id: 'A1', formula: 'decode(kind, encode(kind, parts)) = parts', by: 'decodesWhatItEncodes' },
  { id: 'A2', formula: 'encode(kind, ·) is injective', by: 'encodesApart' },
  {
    id: 'A3',
    formula: 'fromJson(toJson(r)) ≅ r; toJson is byte-stable for equal reports',
    by: 'readsWhatItWrites',
  },
  {
    id: 'A4',
    formula: 're-interning changes nothing; a symbol of another table is rejected',
    by: 'reinterningChangesNothing',
  },
  { id: 'B1', formula: 'a⊔b ≅ b⊔a, ties included; a⊔b ≅ the oracle', by: 'isCommutative' },
  { id: 'B2', formula: '(a⊔b)⊔c ≅ a⊔(b⊔c)', by: 'isAssociative' },
  { id: 'B3', formula: 'a⊔a ≅ a', by: 'isIdempotent' },
  { id: 'B4', formula: 'a⊔empty ≅ a', by: 'hasNeutralElement' },
  {
    id: 'B5',
    formula: 'the fold over any permutation, with repetitions, is the same',
    by: 'foldsInAnyOrder',
  },
  { id: 'B6', formula: '⊔ is total: a clash is never a throw', by: 'isTotal' },
  { id: 'B7', formula: 'a ⊑ a⊔b and b ⊑ a⊔b', by: 'keepsBoth' },
  { id: 'B8', formula: 'close a ⊔ close b ⊑ close(a⊔b); equality is false', by: 'closesLate' },
  { id: 'B9', formula: 'replacing slot i and joining again ≅ joining from scratch', by: 'replacesSlots' },
  { id: 'C1', formula: 'closed: every edge end is a row; ids unique; rowOf(idOf(i)) = i', by: 'isClosed' },
  {
    id: 'C2',
    formula: 'deterministic: permuted rows, other symbols, a second run give ≅',
    by: 'isDeterministic',
  },
  { id: 'C3', formula: 'pure: the inputs are left as they were', by: 'isPure' },
  { id: 'C4', formula: 'X→Y ⇔ some x→y with x ∈ members(X), y ∈ members(Y)', by: 'hasSoundEdges' },
  {
    id: 'C5',
    formula: 'members are rows, none twice; a single-valued key partitions what it maps',
    by: 'hasProvenance',
  },
  { id: 'C6', formula: 'self-loops only if the plan says so', by: 'hasNoSelfLoops' },
  {
    id: 'C7',
    formula: 'reduce is commutative, associative and idempotent in its branches',
    by: 'reducesInAnyOrder',
  },
  { id: 'C8', formula: 'columnar group and join ≅ the oracle', by: 'groupsAsTheOracle' },
  { id: 'C9', formula: 'a ⊑ b ⇒ R(a) ⊑ R(b), where declared', by: 'isMonotone' },
  { id: 'C12', formula: 'aborted, it throws ABORTED and stores nothing', by: 'abortsCleanly' },
  { id: 'C13', formula: 'total on the empty report and on unknown topologies', by: 'isTotalRenderer' },
  {
    id: 'D1',
    formula: 'shown + filtered = total; orphaned ≤ filtered; shown and ledger ≅ the oracle',
    by: 'addsUp',
  },
  { id: 'D2', formula: 'any permutation of clauses: same topology, same ledger', by: 'dependsOnNoOrder' },
  { id: 'D3', formula: 'one layer ≅ its clauses in turn, then one prune', by: 'isItsClausesInTurn' },
  { id: 'D4', formula: 'not not e ≡ e; De Morgan; kept(e) + kept(not e) = total', by: 'negationPartitions' },
  { id: 'D5', formula: 'a second pass filters 0 (node-local predicates)', by: 'isIdempotentLayer' },
  { id: 'D6', formula: 'one more clause shows a subset', by: 'oneMoreShowsLess' },
  {
    id: 'D7',
    formula: 'shown(L without c) − shown(L) = only(c); Σ only ≤ filtered ≤ Σ rejected',
    by: 'attributesExactly',
  },
  {
    id: 'D8',
    formula: 'survivors keep id and attributes; adjacency = restriction to survivors',
    by: 'keepsSurvivorsWhole',
  },
  { id: 'D9', formula: 'inner silence: no clause and orphans kept is the identity', by: 'isSilentInside' },
  { id: 'D10', formula: 'the prune removes orphans only; one pass is a fixpoint', by: 'prunesOrphansOnly' },
  { id: 'D11', formula: 'parse(print(e)) = normalize(e); normalize(e) ≡ e' },
  { id: 'D12', formula: 'a predicate on the group key before group ≅ the same after it', by: 'pushesDown' },
  {
    id: 'D13',
    formula: 'L at a site ≅ filter the members, render the rest, prune once',
    by: 'actsAtTheSite',
  },
  { id: 'D14', formula: 'details of a hidden node change no count', by: 'detailsChangeNoCount' },
  {
    id: 'D15',
    formula: 'reports that differ only in what a policy removes give the same outputs',
    by: 'leaksNothing',
  },
  { id: 'D16', formula: 'the fold depends on no order; a double changes no count', by: 'foldsToOneLayer' },
  {
    id: 'D17',
    formula: 'cut edges are not counted; grouping keeps the sums over distinct edges',
    by: 'hasExactEvidence',
  },
  { id: 'E1', formula: 'decorate keeps nodes and edges, only its writes change', by: 'onlyWrites' },
  {
    id: 'E2',
    formula: 'decorate commutes with a filter that reads none of its writes',
    by: 'commutesWithFilter',
  },
  { id: 'F1', formula: 'memoised ≅ cold', by: 'remembersRightly' },
  { id: 'F2', formula: 'same inputs by === ⇒ same output by ===', by: 'givesTheSameObject' },
  {
    id: 'F3',
    formula: 'apply(a, diff(a, b)) ≅ b; diff(a, a) is empty; parts disjoint',
    by: 'appliesToTheNext',
  },
  {
    id: 'F4',
    formula: 'deltas compose; a patch with another epoch or from is refused',
    by: 'refusesWhatDoesNotFit',
  },
  { id: 'F5', formula: 'conflation, diff(last sent, newest), ends at the last', by: 'composes' },
  { id: 'F6', formula: 'watch ends equal to render(last report, last request)', by: 'endsAtTheLast' },
  {
    id: 'F7',
    formula: 'the order in which views are rendered changes nothing',
    by: 'dependsOnNoRenderOrder',
  },
  { id: 'G1', formula: 'cold; once unsubscribed, silent and every handle closed', by: 'isCold' },
  { id: 'G2', formula: 'no source ends another; status says who and why', by: 'faultsStayApart' },
  { id: 'G3', formula: 'every report is valid; windows do not run backwards', by: 'reportsAreValid' },
  { id: 'G4', formula: 'the same bytes and clock ⇒ ≅ reports', by: 'reportsAreAlike' },
  { id: 'G5', formula: 'late, twice or out of order: the same join', by: 'endsTheSame' },
  {
    id: 'V1',
    formula: 'layout: places are a function of (previous, scene), whatever the order of nodes',
  },
  { id: 'V2', formula: 'layout: after a 1 % delta no untouched node moves more than 30 px' },
  { id: 'V3', formula: 'layout: no two nodes overlap, labels included; no two boxes' },
  {
    id: 'V4',
    formula: 'layout: edges run left to right: all of an acyclic graph, half of any, ≤ 10 % come to run back',
  },
  { id: 'V5', formula: 'layout: pins hold' },
  { id: 'V6', formula: 'scene: weights of edges and flows add up to those of the edges they stand for' },
  { id: 'V7', formula: 'layout: exactly the scene’s nodes are placed, at finite points' },
  { id: 'V8', formula: 'layout: replaced replicas move nobody' },
  { id: 'V9', formula: 'layOut(previous, the same scene) = previous' },
  { id: 'V10', formula: 'read(write(layout)) = layout; whatever text is read, the next layout is sound' },
  { id: 'V11', formula: 'layout: who returns finds its place' },
  { id: 'V12', formula: 'scene: each node of a picture is drawn once, in whatever order nodes come' },
  { id: 'V13', formula: 'scene: a group keeps its hue' },
  { id: 'V20', formula: 'paint: a whole picture has each node, and each edge or shown flow, once' },
  { id: 'V21', formula: 'paint: a node is drawn where its place is; what is out of sight is not drawn' },
  {
    id: 'V22',
    formula:
      "paint: what is found at a node's middle is this node, at any zoom; of dots, it or a flow drawn over it",
  },
  {
    id: 'V23',
    formula: 'paint: screen → world → screen is the identity; zooming keeps the point pointed at',
  },
  { id: 'V24', formula: 'paint: a fitted picture lies within what the insets leave free' },
  { id: 'V25', formula: 'SVG: whatever things are called, it is well-formed and says their names' },
  { id: 'V26', formula: 'SVG: the same picture is the same text, each node there once' },
  { id: 'V27', formula: 'paint: no label meets another; nothing is written that is no name' },
  {
    id: 'V28',
    formula: 'terminal: a map names each connected node once, within its room; else there is none',
  },
]);
