import { type Attribute, setAttribute, textAttribute } from '@ridgeline/core';

/** The id of the host that a node is on (`name;<host>`). */
export const hostNodeId: Attribute<string> = textAttribute('host_node_id', 'host.id');

/** The process id: on processes, and on endpoints whose owner is known. */
export const pid: Attribute<string> = textAttribute('pid');

/** The probe that reported a node, of a foreign report. */
export const probeId: Attribute<string> = textAttribute('probe_id', 'probe.id');

/** The probe that carries out the controls of a node. */
export const controlProbeId: Attribute<string> = textAttribute('control_probe_id', 'control.probe');

/** The controls that a node offers now: tokens joined by `;`. */
export const activeControls: Attribute<string> = textAttribute('active_controls', 'control.active');

/** Networks that are local to a host or an overlay peer, as CIDRs. */
export const localNetworks: Attribute<string> = setAttribute('local_networks', 'host.networks', 'ip');

/** Its presence says that nothing can be learnt from the node's address: it shares it, as a pause container does. */
export const doesNotMakeConnections: Attribute<string> = textAttribute(
  'does_not_make_connections',
  'connections.none',
);
