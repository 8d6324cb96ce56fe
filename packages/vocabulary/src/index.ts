export * from './attributes/common.ts';
export * from './attributes/container.ts';
export * from './attributes/ecs.ts';
export * from './attributes/endpoint.ts';
export * from './attributes/host.ts';
export * from './attributes/kubernetes.ts';
export * from './attributes/overlay.ts';
export * from './attributes/process.ts';
export * from './attributes/swarm.ts';
export * from './columns/endpoint-columns.ts';
export { vocabularyFields } from './fields/all.ts';
export { addressText, ipv4Text, isMapped } from './ids/address-text.ts';
export * from './ids/ecs-service-id.ts';
export * from './ids/endpoint-id.ts';
export * from './ids/overlay-id.ts';
export * from './ids/process-id.ts';
export type { KeyedId } from './ids/tagged-ids.ts';
export * from './ids/tagged-ids.ts';
export * from './policy/policy-parts.ts';
export { policyRules } from './policy/policy-rules.ts';
export * from './rules/addresses.ts';
export { containerIdOf } from './rules/container-of-cgroup.ts';
export { createEndpointScopes, type EndpointScopes } from './rules/endpoint-scope.ts';
export * from './rules/host-of.ts';
export * from './rules/image-name.ts';
export * from './rules/known-service.ts';
export * from './rules/local-networks.ts';
export {
  type AttachedNetwork,
  type NamespaceFiles,
  type NamespaceNetwork,
  readNamespaceNetwork,
} from './rules/namespace-network.ts';
export * from './rules/network-set.ts';
export { translatedEndpoints, undoTranslations } from './rules/translated-endpoints.ts';
export { topologies } from './topologies/all.ts';
