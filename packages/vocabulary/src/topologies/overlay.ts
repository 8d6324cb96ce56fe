import { defineTopology, type TableTemplate, type TopologyDefinition } from '@ridgeline/core';
import { peerNickName } from '../attributes/overlay.ts';
import { overlayId } from '../ids/overlay-id.ts';
import { latestRow } from './kubernetes-appearance.ts';

function propertyTable(
  id: string,
  label: string,
  fixedRows: Readonly<Record<string, string>>,
): TableTemplate {
  return { id, label, prefix: '', type: 'property-list', fixedRows };
}

const CONNECTIONS = 'weave_connections_multicolumn_table_';
const OLD_CONNECTIONS = 'weave_connections_table_';

/** A peer of an overlay network. */
export const overlay: TopologyDefinition = defineTopology({
  name: 'overlay',
  templates: {
    shape: 'circle',
    label: 'peer',
    labelPlural: 'peers',
    metadata: [
      latestRow('weave_version', 'Version', 1),
      latestRow('weave_protocol', 'Protocol', 2),
      latestRow('weave_peer_name', 'Name', 3),
      latestRow('weave_encryption', 'Encryption', 4),
      latestRow('weave_peer_discovery', 'Peer discovery', 5),
      latestRow('weave_target_count', 'Targets', 6),
      latestRow('weave_peer_count', 'Peers', 7),
      latestRow('weave_connection_count', 'Connections', 8),
      { id: 'weave_trusted_subnet_count', label: 'Trusted subnets', from: 'sets', priority: 9 },
    ],
    tables: [
      propertyTable('weave_ipam_table', 'IPAM', {
        weave_ipam_status: 'Status',
        weave_ipam_range: 'Range',
        weave_ipam_default_subnet: 'Default subnet',
      }),
      propertyTable('weave_dns_table', 'DNS', {
        weave_dns_domain: 'Domain',
        weave_dns_upstream: 'Upstream',
        weave_dns_ttl: 'TTL',
        weave_dns_entry_count: 'Entries',
      }),
      propertyTable('weave_proxy_table', 'Proxy', {
        weave_proxy_status: 'Status',
        weave_proxy_address: 'Address',
      }),
      propertyTable('weave_plugin_table', 'Plugin', {
        weave_plugin_status: 'Status',
        weave_plugin_driver: 'Driver name',
      }),
      {
        id: CONNECTIONS,
        label: 'Connections',
        prefix: CONNECTIONS,
        type: 'multicolumn-table',
        columns: [
          { id: 'weave_connection_connection', label: 'Connections' },
          { id: 'weave_connection_state', label: 'State' },
          { id: 'weave_connection_info', label: 'Info' },
        ],
      },
      { id: OLD_CONNECTIONS, label: 'Connections', prefix: OLD_CONNECTIONS, type: 'property-list' },
    ],
  },
  appearance: (node) => {
    const peer = overlayId.decode(node.id)?.[1] ?? node.id;
    return { label: node.get(peerNickName) ?? peer, labelMinor: peer };
  },
});
