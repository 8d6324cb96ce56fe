import { call, not, type OptionGroup, type OptionValue, type RenderContext, readNode } from '@ridgeline/core';
import {
  application,
  gathered,
  hideUnconnected,
  inNamespace,
  running,
  snapshots,
  stopped,
  storage,
  system,
} from '@ridgeline/filters-builtin';
import { kubernetesName, stackNamespace } from '@ridgeline/vocabulary';

/** Hide what has no connection to anything that is shown. */
export const unconnectedGroup: OptionGroup = {
  id: 'unconnected',
  default: 'hide',
  selectType: 'one',
  values: [
    { value: 'show', label: 'Show unconnected' },
    { value: 'hide', label: 'Hide unconnected', orphans: hideUnconnected },
  ],
};

/** Containers of the machinery, or of what runs on it. */
export const systemGroup: OptionGroup = {
  id: 'system',
  default: 'application',
  selectType: 'one',
  values: [
    { value: 'all', label: 'All' },
    { value: 'system', label: 'System containers', clauses: [{ expr: call(system.name) }] },
    { value: 'application', label: 'Application containers', clauses: [{ expr: call(application.name) }] },
  ],
};

/** Containers that run, or that do not. */
export const stoppedGroup: OptionGroup = {
  id: 'stopped',
  default: 'running',
  selectType: 'one',
  values: [
    { value: 'stopped', label: 'Stopped containers', clauses: [{ expr: call(stopped.name) }] },
    { value: 'running', label: 'Running containers', clauses: [{ expr: call(running.name) }] },
    { value: 'both', label: 'Both' },
  ],
};

/** What gathers nodes without a parent: pseudo nodes are tested here, or it could hide nothing. */
function pseudoGroup(what: string): OptionGroup {
  return {
    id: 'pseudo',
    default: 'hide',
    selectType: 'one',
    values: [
      { value: 'show', label: `Show ${what}` },
      {
        value: 'hide',
        label: `Hide ${what}`,
        clauses: [{ expr: not(call(gathered.name)), pseudo: 'test' }],
      },
    ],
  };
}

export const uncontainedGroup: OptionGroup = pseudoGroup('uncontained');
export const unmanagedGroup: OptionGroup = pseudoGroup('unmanaged');

/** A choice between all nodes, and all but those of a filter. */
function hideGroup(id: string, what: string, filter: string): OptionGroup {
  return {
    id,
    default: 'hide',
    selectType: 'one',
    values: [
      { value: 'show', label: `Show ${what}` },
      { value: 'hide', label: `Hide ${what}`, clauses: [{ expr: not(call(filter)) }] },
    ],
  };
}

export const snapshotGroup: OptionGroup = hideGroup('snapshot', 'snapshots', snapshots.name);
export const storageGroup: OptionGroup = hideGroup('storage', 'storage', storage.name);

/** The namespaces of the reported clusters; two clusters may have one of the same name, as Scope lists them. */
export const kubernetesNamespaceGroup: OptionGroup = {
  id: 'namespace',
  default: '',
  selectType: 'union',
  noneLabel: 'All Namespaces',
  values: (context) => {
    const namespaces = context.topology('namespace');
    const names: string[] = [];
    for (let row = 0; row < namespaces.size; row++) {
      const name = readNode(namespaces, row).get(kubernetesName);
      if (name !== undefined) names.push(name);
    }
    return names.sort().map(namespaceValue);
  },
};

/** The stacks of the reported Swarm services. */
export const stackGroup: OptionGroup = {
  id: 'namespace',
  default: '',
  selectType: 'union',
  noneLabel: 'All Stacks',
  values: (context: RenderContext) => {
    const services = context.topology('swarm_service');
    const stacks = new Set<string>();
    for (let row = 0; row < services.size; row++) {
      const stack = readNode(services, row).get(stackNamespace);
      if (stack !== undefined) stacks.add(stack);
    }
    return [...stacks].sort().map(namespaceValue);
  },
};

function namespaceValue(name: string): OptionValue {
  return { value: name, label: name, clauses: [{ expr: call(inNamespace.name, { name }) }] };
}
