import {
  computedField,
  type Field,
  type FieldColumn,
  type FieldValue,
  type NodeReader,
  type Row,
  readNode,
  type Topology,
} from '@ridgeline/core';
import { containerAddresses } from '../attributes/container.ts';
import { kubernetesIp } from '../attributes/kubernetes.ts';
import { endpointColumns } from '../columns/endpoint-columns.ts';
import { readEndpointId } from '../ids/endpoint-id.ts';

const ENDPOINT = 'endpoint';

/** Where a node is in the network: an endpoint by its id, others by what they say and by their endpoints. */
export const addressField: Field = Object.freeze({
  name: 'address',
  description: 'the addresses of a node: its own, and those of its endpoints',
  reads: 'node',
  read: (topology: Topology): FieldColumn =>
    topology.uniform && topology.name === ENDPOINT
      ? { kind: 'symbols', column: endpointColumns(topology).address }
      : { kind: 'values', of: (row) => addressesOf(topology, row) },
} satisfies Field);

/** The ports of a node's endpoints. */
export const portField: Field = computedField(
  'port',
  'the ports of a node: of an endpoint its own, of others those of their endpoints',
  'node',
  (topology, row) =>
    endpointValues(topology, row, (id) => {
      const port = Number(readEndpointId(id)?.port ?? 'none');
      return Number.isNaN(port) ? undefined : port;
    }),
);

/** What the node's endpoints speak. */
export const protocolField: Field = computedField(
  'protocol',
  'tcp or udp: of an endpoint its own, of others those of their endpoints',
  'node',
  (topology, row) => endpointValues(topology, row, (id) => (id.endsWith(';udp') ? 'udp' : 'tcp')),
);

function addressesOf(topology: Topology, row: Row): readonly FieldValue[] {
  const node: NodeReader = readNode(topology, row);
  const own = node.set(containerAddresses.key);
  const ip = node.get(kubernetesIp);
  return [
    ...own,
    ...(ip === undefined || ip === '' ? [] : [ip]),
    ...endpointValues(topology, row, (id) => readEndpointId(id)?.address),
  ];
}

/** What is read from the id of a node, if it is an endpoint, and from the ids of its members that are. */
function endpointValues(
  topology: Topology,
  row: Row,
  read: (id: string) => FieldValue | undefined,
): readonly FieldValue[] {
  const values = new Set<FieldValue>();
  const add = (of: Topology, at: Row): void => {
    if (of.kindOf(at) !== ENDPOINT) return;
    const value = read(of.idOf(at));
    if (value !== undefined) values.add(value);
  };
  add(topology, row);
  const { start, table, row: rows, tables } = topology.members;
  const end = start[row + 1] as number;
  for (let m = start[row] as number; m < end; m++) {
    add(tables[table[m] as number] as Topology, rows[m] as Row);
  }
  return [...values];
}
