import { defineRenderer, type GroupPlan, type Plan, type RendererDef, reduce } from '@ridgeline/core';
import { hostNodeId } from '@ridgeline/vocabulary';
import { groupEndpoints } from '../stages/group-endpoints.ts';
import { toHosts } from '../stages/to-hosts.ts';
import { plainContainers } from './containers.ts';
import { containersByImage } from './containers-by-image.ts';
import { pods } from './pods.ts';
import { processes } from './processes.ts';

/** Hosts with the connections of the endpoints they report. */
export const hostsOfEndpoints: GroupPlan = groupEndpoints('host', (endpoints) => {
  const hosts = endpoints.column(hostNodeId.key);
  const empty = endpoints.symbols.find('');
  return empty < 0 ? hosts : hosts.map((host) => (host === empty ? -1 : host));
});

/** Containers under the hosts they are on. */
export const hostsOfContainers: Plan = toHosts(plainContainers);

/** Hosts, with all that is on them. */
export const hosts: RendererDef = defineRenderer({
  name: 'hosts',
  plan: reduce(
    toHosts(processes.plan),
    hostsOfContainers,
    toHosts(containersByImage.plan, 'none'),
    toHosts(pods.plan),
    hostsOfEndpoints,
  ),
  declares: { monotone: false, selfLoops: 'keep', readsIds: true },
});
