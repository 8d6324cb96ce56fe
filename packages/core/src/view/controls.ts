import type { NodeId } from '../ids/node-id.ts';
import { readNode } from '../model/node-reader.ts';
import type { Report } from '../model/report.ts';
import type { ControlTemplate } from '../model/topology-templates.ts';
import type { Definitions } from './definitions.ts';

/** Something a user may ask of a node, now. */
export interface NodeControl extends ControlTemplate {
  readonly node: NodeId;
  /** The probe that carries it out. */
  readonly probeId: string;
}

/** Says which probe carries out the controls of a node. */
const PROBE_KEY = 'control_probe_id';
/** The controls that may be asked for now, joined by `;`. */
const ACTIVE_KEY = 'active_controls';

/** The controls of a reported node that are active, in their order; none for nodes that no source reports. */
export function nodeControls(
  topology: string,
  id: NodeId,
  definitions: Definitions,
  report: Report,
): readonly NodeControl[] {
  const reported = report.topologies.get(topology);
  const row = reported?.rowOf(id);
  if (reported === undefined || row === undefined) return [];
  const node = readNode(reported, row);
  const probe = node.raw(PROBE_KEY);
  if (probe === undefined) return [];
  const known = new Map(definitions.templates(topology, report).controls.map((c) => [c.id, c]));
  const controls: NodeControl[] = [];
  for (const token of new Set((node.raw(ACTIVE_KEY) ?? '').split(';'))) {
    const control = known.get(token);
    if (control !== undefined) controls.push({ ...control, node: id, probeId: control.probeId ?? probe });
  }
  return controls.sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
}
