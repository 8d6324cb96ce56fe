import {
  applyLayer,
  type Clause,
  compileLayer,
  type DetailsScope,
  type Engine,
  type FilterLayer,
  Interpreter,
  type NodeId,
  RenderScope,
  type Report,
  renderView,
  reportTime,
  type Snapshot,
  type SourceStatuses,
  type Topology,
  TrackedContext,
  type ViewDef,
  type ViewRequest,
} from '@ridgeline/core';
import { FilterReader } from '@ridgeline/runtime';

/** What can be asked of the engine on behalf of a reader. Everything is made from the report of now. */
export class Outlook {
  readonly engine: Engine;
  /** Reads filters of requests: the named filters of the config may be used in them. */
  readonly filters: FilterReader;
  readonly #scope = new RenderScope();
  /** For what is not a picture: stages and single clauses, which must not push pictures out of the engine's memo. */
  readonly #interpreter: Interpreter;

  constructor(engine: Engine, filters: FilterReader = new FilterReader(engine.registry, new Map())) {
    this.engine = engine;
    this.filters = filters;
    this.#interpreter = new Interpreter(engine.registry.environment);
  }

  get report(): Report {
    return this.engine.report;
  }

  get sources(): SourceStatuses {
    return this.engine.sources;
  }

  get context(): TrackedContext {
    return new TrackedContext(this.report, this.#scope);
  }

  /** @throws RidgelineError `UNKNOWN_NAME` */
  view(name: string): ViewDef {
    return this.engine.registry.view(name);
  }

  layer(request: ViewRequest): FilterLayer {
    return this.engine.layer(request);
  }

  render(request: ViewRequest): Snapshot {
    return this.engine.render(request);
  }

  /** The view with no clause, orphans kept. */
  whole(view: string): Topology {
    return this.#interpreter.interpret(this.view(view).renderer.plan, this.report);
  }

  /** The ids that a clause alone hides, orphans kept: as the ledger counts them. */
  rejectedBy(view: string, clause: Clause): ReadonlySet<NodeId> {
    const kept = this.#shownUnder(view, { clauses: [clause], orphans: 'keep' });
    return idsOf(this.whole(view), (id) => kept.rowOf(id) === undefined);
  }

  /** The nodes that all clauses keep, before the orphan prune. */
  keptByClauses(view: string, layer: FilterLayer): Topology {
    return this.#shownUnder(view, { clauses: layer.clauses, orphans: 'keep' });
  }

  #shownUnder(view: string, layer: FilterLayer): Topology {
    const { environment } = this.engine.registry;
    return renderView(this.view(view), this.report, compileLayer(layer, environment), this.#interpreter)
      .topology;
  }

  detailsScope(request: ViewRequest): DetailsScope {
    return {
      whole: this.whole(request.view),
      shown: this.render(request).topology,
      definitions: this.engine.registry.definitions,
      report: this.report,
    };
  }

  /**
   * Where Scope reads the details of a node: its option filters act on the view's own nodes, also where ours act at an
   * inner site.
   */
  scopeDetailsScope(request: ViewRequest): DetailsScope {
    const { registry } = this.engine;
    const whole = this.whole(request.view);
    const layer = compileLayer(this.layer(request), registry.environment);
    const { topology: shown } = applyLayer(whole, layer, { now: reportTime(this.report) });
    return { whole, shown, definitions: registry.definitions, report: this.report };
  }
}

function idsOf(topology: Topology, holds: (id: NodeId) => boolean): ReadonlySet<NodeId> {
  const ids = new Set<NodeId>();
  for (let row = 0; row < topology.size; row++) {
    const id = topology.idOf(row);
    if (holds(id)) ids.add(id);
  }
  return ids;
}
