import { type Attribute, numberAttribute, setAttribute, textAttribute } from '@ridgeline/core';

export const peerName: Attribute<string> = textAttribute('weave_peer_name', 'weave.peer');
export const peerNickName: Attribute<string> = textAttribute('weave_peer_nick_name', 'weave.nickname');
export const weaveVersion: Attribute<string> = textAttribute('weave_version', 'weave.version');
export const weaveProtocol: Attribute<string> = textAttribute('weave_protocol', 'weave.protocol');
export const weaveEncryption: Attribute<string> = textAttribute('weave_encryption', 'weave.encryption');
export const peerDiscovery: Attribute<string> = textAttribute('weave_peer_discovery', 'weave.discovery');
export const targetCount: Attribute<number> = numberAttribute('weave_target_count', 'weave.targets');
export const peerCount: Attribute<number> = numberAttribute('weave_peer_count', 'weave.peers');
export const peerConnectionCount: Attribute<number> = numberAttribute(
  'weave_connection_count',
  'weave.connections',
);
export const trustedSubnets: Attribute<string> = setAttribute(
  'weave_trusted_subnet_count',
  'weave.trusted-subnets',
);
export const weaveMac: Attribute<string> = textAttribute('weave_mac_address', 'weave.mac');
export const weaveDnsName: Attribute<string> = textAttribute('weave_dns_hostname', 'weave.dns-name');
