import type { Ledger } from '../filter/ledger.ts';
import type { Millis } from '../ids/instant.ts';
import type { NodeId } from '../ids/node-id.ts';
import type { Report } from '../model/report.ts';
import { reportTime } from '../model/report.ts';
import type { Topology } from '../model/topology.ts';
import type { Definitions } from './definitions.ts';
import { summarizeAll } from './summaries.ts';
import type { NodeSummary } from './summary.ts';

/** Why a picture is not of now. */
export interface Staleness {
  readonly since: Millis;
  readonly reason: string;
}

/** One picture of a view: its nodes after the filter layer, and the layer's books. Immutable. */
export class Snapshot {
  readonly view: string;
  /** The end of the report's window. */
  readonly at: Millis;
  readonly topology: Topology;
  readonly ledger: Ledger;
  readonly stale: Staleness | undefined;
  readonly #definitions: Definitions;
  readonly #report: Report;
  #summaries: ReadonlyMap<NodeId, NodeSummary> | undefined;

  constructor(
    view: string,
    report: Report,
    topology: Topology,
    ledger: Ledger,
    definitions: Definitions,
    stale?: Staleness,
  ) {
    this.view = view;
    this.at = reportTime(report);
    this.topology = topology;
    this.ledger = ledger;
    this.stale = stale;
    this.#definitions = definitions;
    this.#report = report;
  }

  /** The summaries of all nodes, ascending by id; made when first asked for. */
  get nodes(): ReadonlyMap<NodeId, NodeSummary> {
    this.#summaries ??= summarizeAll(this.topology, this.#definitions, this.#report);
    return this.#summaries;
  }

  /** The same picture, said to be of the past. */
  asStale(stale: Staleness): Snapshot {
    return new Snapshot(this.view, this.#report, this.topology, this.ledger, this.#definitions, stale);
  }
}
