import {
  type Appearance,
  decodeGatheringId,
  defineTopology,
  INCOMING_INTERNET,
  isInternet,
  knownServiceName,
  PSEUDO,
  type TopologyDefinition,
} from '@ridgeline/core';
import { readEndpointId } from '../ids/endpoint-id.ts';

/** What gathers nodes without a parent, by the word in its id. */
const GATHERED: Readonly<Record<string, string>> = { uncontained: 'Uncontained', unmanaged: 'Unmanaged' };

/** Nodes that no source reports: the Internet, known services, what has no container or no controller. */
export const pseudo: TopologyDefinition = defineTopology({
  name: PSEUDO,
  appearance: (node): Appearance => {
    if (isInternet(node.id)) {
      const way = node.id === INCOMING_INTERNET ? 'Inbound' : 'Outbound';
      return {
        label: 'The Internet',
        labelMinor: `${way} connections`,
        rank: node.id,
        shape: 'cloud',
      };
    }
    const service = knownServiceName(node.id);
    if (service !== undefined) return { label: service, labelMinor: '', rank: node.id, shape: 'cloud' };
    const gathered = decodeGatheringId(node.id);
    const name = gathered === undefined ? undefined : GATHERED[gathered.what];
    if (gathered !== undefined && name !== undefined) {
      return {
        label: name,
        labelMinor: gathered.of,
        rank: `${gathered.what}:${gathered.of}`,
        shape: 'square',
        stack: true,
      };
    }
    const rest = node.id.startsWith('pseudo:') ? node.id.slice('pseudo:'.length) : node.id;
    const address = readEndpointId(rest)?.address;
    return address === undefined
      ? { label: rest, labelMinor: '', rank: rest, shape: 'triangle' }
      : { label: address, labelMinor: '', rank: rest, shape: 'circle' };
  },
});
