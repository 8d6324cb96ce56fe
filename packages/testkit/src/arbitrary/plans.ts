import {
  asItself,
  asNodeId,
  custom,
  decorate,
  group,
  join,
  link,
  type Plan,
  reduce,
  select,
  textAttribute,
  when,
  whenReported,
  where,
} from '@ridgeline/core';
import * as fc from 'fast-check';
import { nodeFilters } from './layers.ts';
import { keys, tieTopologies } from './ties.ts';

/** A plan and how it reads: functions do not print. */
export interface DraftedPlan {
  readonly plan: Plan;
  readonly text: string;
  /** Whether it may yield an edge from a node to itself, from the outermost steps alone. */
  readonly selfLoops: boolean;
}

/** The decoration that generated plans write. */
export const decorationKey = 'decorated';

/** Plans of random combinators over generated reports. */
export function plans(maxDepth = 3): fc.Arbitrary<DraftedPlan> {
  const plan = fc.letrec<{ plan: DraftedPlan }>((tie) => {
    const inner = tie('plan');
    return {
      plan: fc.oneof(
        { maxDepth, depthIdentifier: 'plan', withCrossShrink: true },
        { weight: 2, arbitrary: selects() },
        { weight: 3, arbitrary: groups(inner) },
        { weight: 2, arbitrary: reduces(inner) },
        { weight: 1, arbitrary: wheres(inner) },
        { weight: 1, arbitrary: joins(inner) },
        { weight: 1, arbitrary: decorates(inner) },
        { weight: 1, arbitrary: whens(inner) },
        { weight: 1, arbitrary: links(inner) },
        { weight: 1, arbitrary: customs(inner) },
      ),
    };
  }).plan;
  return plan.map((drafted) => ({ ...drafted, [fc.toStringMethod]: () => drafted.text }));
}

function selects(): fc.Arbitrary<DraftedPlan> {
  return fc
    .constantFrom(...tieTopologies)
    .map((name) => ({ plan: select(name), text: `select(${name})`, selfLoops: true }));
}

function groups(inner: fc.Arbitrary<DraftedPlan>): fc.Arbitrary<DraftedPlan> {
  const by = fc.constantFrom('latest', 'sets', 'mixed');
  return fc
    .record({
      of: inner,
      onto: fc.option(inner, { nil: undefined }),
      by,
      key: keys(),
      pseudo: fc.constantFrom('keep', 'drop', 'ask'),
      into: fc.constantFrom('group:k', 'pseudo'),
      members: fc.constantFrom('direct', 'deep'),
      counted: fc.boolean(),
      selfLoops: fc.constantFrom('keep', 'drop'),
      edges: fc.constantFrom('follow', 'follow', 'none'),
    })
    .map(({ of, onto, by: how, key, ...options }) => ({
      plan: group(of.plan, {
        ...options,
        ...(onto === undefined ? {} : { onto: onto.plan }),
        by: (node) => {
          const value = node.raw(key);
          if (how === 'sets') return node.set(key).map(asNodeId);
          if (value === undefined) return how === 'mixed' ? asItself : undefined;
          return asNodeId(value);
        },
      }),
      text: `group(${of.text}, ${JSON.stringify({ onto: onto?.text, by: `${how} ${key}`, ...options })})`,
      selfLoops: options.selfLoops === 'keep',
    }));
}

function reduces(inner: fc.Arbitrary<DraftedPlan>): fc.Arbitrary<DraftedPlan> {
  return fc.array(inner, { minLength: 1, maxLength: 3 }).map((of) => ({
    plan: reduce(...of.map((part) => part.plan)),
    text: `reduce(${of.map((part) => part.text).join(', ')})`,
    selfLoops: of.some((part) => part.selfLoops),
  }));
}

function wheres(inner: fc.Arbitrary<DraftedPlan>): fc.Arbitrary<DraftedPlan> {
  return fc.tuple(inner, nodeFilters(), fc.constantFrom('exempt', 'test')).map(([of, expr, pseudo]) => ({
    plan: where(of.plan, expr, pseudo),
    text: `where(${of.text}, ${JSON.stringify(expr)}, ${pseudo})`,
    selfLoops: of.selfLoops,
  }));
}

function joins(inner: fc.Arbitrary<DraftedPlan>): fc.Arbitrary<DraftedPlan> {
  return fc
    .record({ of: inner, onto: inner, key: keys(), lookup: keys() })
    .map(({ of, onto, key, lookup }) => ({
      plan: join(of.plan, {
        onto: onto.plan,
        into: 'joined',
        keys: (node) => {
          const value = node.raw(key);
          return value === undefined ? [] : [value];
        },
        lookups: (input) => [input.column(lookup)],
      }),
      text: `join(${of.text}, onto ${onto.text}, ${lookup} = ${key})`,
      selfLoops: true,
    }));
}

function decorates(inner: fc.Arbitrary<DraftedPlan>): fc.Arbitrary<DraftedPlan> {
  const decorated = textAttribute(decorationKey);
  return fc.tuple(inner, keys()).map(([of, key]) => ({
    plan: decorate(of.plan, {
      name: `copy ${key}`,
      writes: [decorationKey],
      by: () => (node, write) => {
        const value = node.raw(key);
        if (value !== undefined) write.set(decorated, value);
      },
    }),
    text: `decorate(${of.text}, ${decorationKey} := ${key})`,
    selfLoops: of.selfLoops,
  }));
}

function whens(inner: fc.Arbitrary<DraftedPlan>): fc.Arbitrary<DraftedPlan> {
  return fc.tuple(inner, fc.constantFrom(...tieTopologies, undefined)).map(([of, name]) => ({
    plan:
      name === undefined
        ? when('it is later than 1', (context) => context.now > 1, of.plan)
        : whenReported([name], of.plan),
    text: `when(${name ?? 'now > 1'}, ${of.text})`,
    selfLoops: of.selfLoops,
  }));
}

function links(inner: fc.Arbitrary<DraftedPlan>): fc.Arbitrary<DraftedPlan> {
  return fc.tuple(inner, inner, keys(), fc.constantFrom('all', 'first')).map(([of, to, key, matches]) => ({
    plan: link(of.plan, to.plan, {
      from: (node) => node.set(key),
      key: (node) => node.raw(key) ?? '',
      matches,
    }),
    text: `link(${of.text}, ${to.text}, set ${key} = ${key}, ${matches})`,
    selfLoops: true,
  }));
}

function customs(inner: fc.Arbitrary<DraftedPlan>): fc.Arbitrary<DraftedPlan> {
  return fc.tuple(inner, inner).map(([a, b]) => ({
    plan: custom('the greater', [a.plan, b.plan], ([x, y]) => {
      if (x === undefined || y === undefined) throw new Error('two inputs were asked for');
      return x.size >= y.size ? x : y;
    }),
    text: `the greater of(${a.text}, ${b.text})`,
    selfLoops: a.selfLoops || b.selfLoops,
  }));
}
