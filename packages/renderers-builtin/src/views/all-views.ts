import { defineView, type ViewDef } from '@ridgeline/core';
import { containers, containersWithImageNames } from '../renderers/containers.ts';
import { containersByHostname } from '../renderers/containers-by-hostname.ts';
import { containersByImage } from '../renderers/containers-by-image.ts';
import { ecsServices, ecsTasks } from '../renderers/ecs.ts';
import { endpoints } from '../renderers/endpoints.ts';
import { hosts } from '../renderers/hosts.ts';
import { kubeControllers } from '../renderers/kube-controllers.ts';
import { pods } from '../renderers/pods.ts';
import { processes } from '../renderers/processes.ts';
import { processesByName } from '../renderers/processes-by-name.ts';
import { services } from '../renderers/services.ts';
import { swarmServices } from '../renderers/swarm-services.ts';
import { weave } from '../renderers/weave.ts';
import {
  kubernetesNamespaceGroup,
  snapshotGroup,
  stackGroup,
  stoppedGroup,
  storageGroup,
  systemGroup,
  unconnectedGroup,
  uncontainedGroup,
  unmanagedGroup,
} from './option-groups.ts';

const containerOptions = [systemGroup, stoppedGroup, uncontainedGroup];

/** All built-in views: ids, names, ranks, options and defaults are Scope's (RULES.md §6), but for `endpoints`. */
export const builtinViews: readonly ViewDef[] = Object.freeze([
  defineView({
    name: 'processes',
    label: 'Processes',
    rank: 1,
    hideIfEmpty: true,
    renderer: processes,
    options: [unconnectedGroup],
  }),
  defineView({
    name: 'processes-by-name',
    parent: 'processes',
    label: 'by name',
    hideIfEmpty: true,
    renderer: processesByName,
    options: [unconnectedGroup],
  }),
  defineView({
    name: 'endpoints',
    parent: 'processes',
    label: 'by endpoint',
    rank: 1,
    hideIfEmpty: true,
    renderer: endpoints,
    options: [unconnectedGroup],
  }),
  defineView({
    name: 'containers',
    label: 'Containers',
    rank: 2,
    renderer: containers,
    options: [...containerOptions, kubernetesNamespaceGroup, stackGroup],
  }),
  defineView({
    name: 'containers-by-hostname',
    parent: 'containers',
    label: 'by DNS name',
    renderer: containersByHostname,
    site: containersWithImageNames,
    options: containerOptions,
  }),
  defineView({
    name: 'containers-by-image',
    parent: 'containers',
    label: 'by image',
    renderer: containersByImage,
    site: containersWithImageNames,
    options: containerOptions,
  }),
  defineView({
    name: 'pods',
    label: 'Pods',
    rank: 3,
    hideIfEmpty: true,
    renderer: pods,
    options: [snapshotGroup, storageGroup, unmanagedGroup, kubernetesNamespaceGroup],
  }),
  defineView({
    name: 'kube-controllers',
    parent: 'pods',
    label: 'Controllers',
    hideIfEmpty: true,
    renderer: kubeControllers,
    options: [unmanagedGroup, kubernetesNamespaceGroup],
  }),
  defineView({
    name: 'services',
    parent: 'pods',
    label: 'Services',
    hideIfEmpty: true,
    renderer: services,
    options: [unmanagedGroup, kubernetesNamespaceGroup],
  }),
  defineView({
    name: 'ecs-tasks',
    label: 'Tasks',
    rank: 3,
    hideIfEmpty: true,
    renderer: ecsTasks,
    options: [unmanagedGroup],
  }),
  defineView({
    name: 'ecs-services',
    parent: 'ecs-tasks',
    label: 'Services',
    hideIfEmpty: true,
    renderer: ecsServices,
    options: [unmanagedGroup],
  }),
  defineView({
    name: 'swarm-services',
    label: 'Services',
    rank: 3,
    hideIfEmpty: true,
    renderer: swarmServices,
    options: [unmanagedGroup, stackGroup],
  }),
  defineView({ name: 'hosts', label: 'Hosts', rank: 4, renderer: hosts }),
  defineView({ name: 'weave', parent: 'hosts', label: 'Weave Net', renderer: weave }),
]);
