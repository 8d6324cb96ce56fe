import { defineFilter, type FilterDef, type FilterExpr, not, oneOf, or, test } from '@ridgeline/core';
import { containerName, imageName } from '@ridgeline/vocabulary';
import { z } from 'zod';

/** What makes a container part of the system, beside what is built in. */
export interface SystemOptions {
  /** Names of containers. */
  readonly names: readonly string[];
  /** Names of images without their tags. */
  readonly images: readonly string[];
  /** Kubernetes namespaces. */
  readonly namespaces: readonly string[];
}

/** Names under which orchestrators and networks run their own containers (RULES.md §6). */
const SYSTEM_NAMES = ['weavescope', 'weavedns', 'weave', 'weaveproxy', 'weaveexec', 'ecs-agent'];

const SYSTEM_IMAGES = [
  'swarm',
  'weaveworks/scope',
  'weaveworks/weavedns',
  'weaveworks/weave',
  'weaveworks/weaveproxy',
  'weaveworks/weaveexec',
  'amazon/amazon-ecs-agent',
  'openshift/origin-pod',
  'docker.io/openshift/origin-pod',
];

/** Images whose containers only hold the network namespace of a pod, wherever they were pulled from. */
const PAUSE = 'google_containers/pause|k8s\\.gcr\\.io/pause|eks/pause';

const SYSTEM_NAMESPACES = ['kube-system'];

/** A container that holds a pod together and does nothing else. */
export const isPause: FilterExpr = test(imageName.field, '~', PAUSE);

/** A container that belongs to the machinery and not to what runs on it: by name, image, role or namespace. */
export function isSystem(more: SystemOptions = { names: [], images: [], namespaces: [] }): FilterExpr {
  const images = [...SYSTEM_IMAGES, ...more.images].map(escapePattern).join('|');
  return or(
    oneOf(containerName.field, [...SYSTEM_NAMES, ...more.names]),
    test(imageName.field, '~', `^(?:${images})(?::|$)`),
    isPause,
    test('docker.label.io.kubernetes.docker.type', '=', 'podsandbox'),
    test('docker.label.works.weave.role', '=', 'system'),
    test('docker.image-label.works.weave.role', '=', 'system'),
    oneOf('docker.label.io.kubernetes.pod.namespace', [...SYSTEM_NAMESPACES, ...more.namespaces]),
    test('docker.label.io.kubernetes.pod.name', '~', '^kube-system/'),
  );
}

const options: z.ZodType<SystemOptions> = z.object({
  names: z.array(z.string()).default([]),
  images: z.array(z.string()).default([]),
  namespaces: z.array(z.string()).default([]),
});

const parameters = ['names', 'images', 'namespaces'].map((name) => ({ name, required: false }));

/** Keeps system containers; its options add to the built-in lists. */
export const system: FilterDef<SystemOptions> = defineFilter({
  name: 'system',
  description: 'containers of the machinery: network, orchestrator, kube-system; lists can be added to',
  parameters,
  options,
  build: isSystem,
});

/** The opposite of {@link system}. */
export const application: FilterDef<SystemOptions> = defineFilter({
  name: 'application',
  description: 'what is no system container',
  parameters,
  options,
  build: (more) => not(isSystem(more)),
});

/** A text as a pattern that matches it alone. */
function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
