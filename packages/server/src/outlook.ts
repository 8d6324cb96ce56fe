import {
  applyLayer,
  type Clause,
  type CompiledPolicy,
  compileLayer,
  type DetailsScope,
  type Engine,
  type FilterLayer,
  Interpreter,
  type NodeId,
  Pictures,
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
import { restrictSources } from './restrict-sources.ts';

/**
 * What can be asked of the engine on behalf of a reader. Everything is made from the report of now; under a policy from what
 * that leaves of it, by a memo of its own (semantics.md §4.10, law D15).
 */
export class Outlook {
  readonly engine: Engine;
  /** Reads filters of requests: the named filters of the config may be used in them. */
  readonly filters: FilterReader;
  readonly #scope = new RenderScope();
  /** For what is not a picture: stages and single clauses, which must not push pictures out of the engine's memo. */
  readonly #interpreter: Interpreter;

  readonly #policy: CompiledPolicy | undefined;
  /** Of a policy; without one they are the engine's. */
  readonly #pictures: Pictures;
  #sources: SourceStatuses = [];

  constructor(
    engine: Engine,
    filters: FilterReader = new FilterReader(engine.registry, new Map()),
    policy?: CompiledPolicy,
  ) {
    this.engine = engine;
    this.filters = filters;
    this.#policy = policy;
    this.#pictures = new Pictures(engine.registry);
    this.#interpreter = new Interpreter(engine.registry.environment);
  }

  /** Whether a policy takes anything away. */
  get isRestricted(): boolean {
    return this.#policy !== undefined;
  }

  get report(): Report {
    return this.#policy?.rewrite(this.engine.report) ?? this.engine.report;
  }

  get sources(): SourceStatuses {
    const { sources, report } = this.engine;
    if (this.#policy === undefined) return sources;
    this.#sources = restrictSources(sources, this.#policy, report, this.#sources);
    return this.#sources;
  }

  /** What went wrong in plugins, in words; they name nodes and quote them, so under a policy there are none. */
  get faults(): readonly string[] {
    return this.isRestricted ? [] : this.engine.faults.map((fault) => fault.message);
  }

  /** The name of a host, empty where it may not be told. */
  nameOf(host: string): string {
    return this.#policy?.tellsOfHost(this.engine.report, host) === false ? '' : host;
  }

  get context(): TrackedContext {
    return new TrackedContext(this.report, this.#scope);
  }

  /** @throws RidgelineError `UNKNOWN_NAME` */
  view(name: string): ViewDef {
    return this.engine.registry.view(name);
  }

  layer(request: ViewRequest): FilterLayer {
    if (this.#policy === undefined) return this.engine.layer(request);
    return this.#pictures.layer(request, this.report, this.engine.settings);
  }

  render(request: ViewRequest): Snapshot {
    if (this.#policy === undefined) return this.engine.render(request);
    return this.#pictures.render(request, this.report, this.engine.settings);
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
