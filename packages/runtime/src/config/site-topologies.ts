import { type Field, type Plan, PSEUDO, type TopologyName } from '@ridgeline/core';

/** What is known of the nodes of a stage. */
export interface StageNodes {
  readonly topologies: ReadonlySet<TopologyName>;
  /** Keys that the plan itself writes on them. */
  readonly writes: ReadonlySet<string>;
}

/** Of which topologies the nodes of a stage can be; `undefined` where a function decides that nobody can look into. */
export function nodesOf(plan: Plan): StageNodes | undefined {
  switch (plan.kind) {
    case 'select':
      return { topologies: new Set([plan.topology]), writes: new Set() };
    case 'group': {
      if (plan.yields === undefined) return undefined;
      const made: StageNodes = { topologies: new Set([...plan.yields.makes, PSEUDO]), writes: new Set() };
      const parts = [made, plan.onto === undefined ? made : nodesOf(plan.onto)];
      return joined(plan.yields.passesRows ? [...parts, nodesOf(plan.of)] : parts);
    }
    case 'reduce':
      return joined(plan.of.map(nodesOf));
    case 'decorate': {
      const inner = nodesOf(plan.of);
      return inner && { ...inner, writes: new Set([...inner.writes, ...plan.writes]) };
    }
    case 'link':
      return joined([nodesOf(plan.of), nodesOf(plan.to)]);
    case 'where':
    case 'when':
      return nodesOf(plan.of);
    case 'custom':
      return undefined;
  }
}

function joined(parts: readonly (StageNodes | undefined)[]): StageNodes | undefined {
  const topologies = new Set<TopologyName>();
  const writes = new Set<string>();
  for (const part of parts) {
    if (part === undefined) return undefined;
    for (const topology of part.topologies) topologies.add(topology);
    for (const key of part.writes) writes.add(key);
  }
  return { topologies, writes };
}

/** Whether a node of a stage can have a field, as far as anyone knows. */
export function canHave(stage: StageNodes | undefined, field: Field): boolean {
  const { found } = field;
  if (stage === undefined || found === undefined) return true;
  return (
    found.on.some((name) => stage.topologies.has(name)) || found.keys.some((key) => stage.writes.has(key))
  );
}
