import type {
  DetailsAnswer,
  HiddenAnswer,
  ViewAnswer,
  ViewQuery,
  ViewStats,
  ViewsAnswer,
} from '@ridgeline/client/schema';
import { nodeDetails, offeredValues, RidgelineError, summarize } from '@ridgeline/core';
import { pictureOf } from '@ridgeline/core/live';
import { type SnapshotJson, snapshotJson } from '@ridgeline/core/wire';
import type { Outlook } from '../outlook.ts';
import { viewRequest } from './view-request.ts';

/** The views with the values that their options have now, and how much each shows with its defaults. */
export function answerViews(outlook: Outlook): ViewsAnswer {
  const { context } = outlook;
  return {
    views: [...outlook.engine.registry.views.values()].map((view) => ({
      name: view.name,
      label: view.label,
      rank: view.rank,
      ...(view.parent === undefined ? {} : { parent: view.parent }),
      hideIfEmpty: view.hideIfEmpty,
      ...configuredOrphans(outlook, view.name),
      options: view.options.map((group) => ({
        id: group.id,
        default: group.default,
        ...configuredValues(outlook, view.name, group.id),
        selectType: group.selectType,
        ...(group.noneLabel === undefined ? {} : { noneLabel: group.noneLabel }),
        values: offeredValues(group, context).map(({ value, label }) => ({ value, label })),
      })),
      ...statsOf(outlook, view.name),
    })),
  };
}

function configuredOrphans({ engine }: Outlook, view: string): Pick<ViewAnswer, 'orphans'> {
  const { all, views } = engine.settings;
  const orphans = views[view]?.orphans ?? all.orphans;
  return orphans === undefined ? {} : { orphans };
}

function configuredValues(
  { engine }: Outlook,
  view: string,
  group: string,
): { readonly configured?: readonly string[] } {
  const { all, views } = engine.settings;
  const configured = views[view]?.options[group] ?? all.options[group];
  return configured === undefined ? {} : { configured };
}

/** The same request as a reader's without any wish, so that both share one render. */
function statsOf(outlook: Outlook, view: string): { readonly stats?: ViewStats } {
  try {
    const { ledger } = outlook.render(viewRequest(outlook, view, {}));
    return { stats: { total: ledger.total, shown: ledger.shown, edges: ledger.edges.shown } };
  } catch (error) {
    // The seam to plugins: a view that cannot be rendered now is listed all the same.
    if (error instanceof RidgelineError && error.code === 'PLUGIN_FAILED') return {};
    throw error;
  }
}

/** The picture of now. It is no part of a sequence: its `seq` is 0. */
export function answerSnapshot(outlook: Outlook, view: string, query: ViewQuery): SnapshotJson {
  const snapshot = outlook.render(viewRequest(outlook, view, query));
  return snapshotJson(pictureOf(snapshot, outlook.sources), 0);
}

/** What a layer hides, node by node; by the clauses that `ledger.clauses[].rejected` counts. */
export function answerHidden(outlook: Outlook, view: string, query: ViewQuery): HiddenAnswer {
  const request = viewRequest(outlook, view, query);
  const snapshot = outlook.render(request);
  const layer = outlook.layer(request);
  const rejected = layer.clauses.map((clause) => [clause.id, outlook.rejectedBy(view, clause)] as const);
  const kept = outlook.keptByClauses(view, layer);
  const whole = outlook.whole(view);
  const hidden: HiddenAnswer['hidden'][number][] = [];
  for (let row = 0; row < whole.size; row++) {
    const id = whole.idOf(row);
    if (snapshot.topology.rowOf(id) !== undefined) continue;
    hidden.push({
      node: summarize(whole, row, outlook.engine.registry.definitions, outlook.report),
      clauses: rejected.filter(([, ids]) => ids.has(id)).map(([clause]) => clause),
      orphaned: kept.rowOf(id) !== undefined,
    });
  }
  return { ledger: snapshot.ledger, hidden: hidden.sort((a, b) => (a.node.id < b.node.id ? -1 : 1)) };
}

/** @throws RidgelineError `UNKNOWN_NAME` when the view has no such node */
export function answerDetails(outlook: Outlook, view: string, id: string, query: ViewQuery): DetailsAnswer {
  const scope = outlook.detailsScope(viewRequest(outlook, view, query));
  const node = nodeDetails(id, scope);
  if (node === undefined) throw unknownNode(view, id);
  return {
    hidden: scope.shown.rowOf(id) === undefined,
    // Definitions of controls and columns are plain data, whatever their members.
    node: node as unknown as DetailsAnswer['node'],
  };
}

/** A node that a view does not have. */
export function unknownNode(view: string, id: string): RidgelineError {
  return new RidgelineError('UNKNOWN_NAME', `view ${view} has no node ${JSON.stringify(id)}`, { view, id });
}
