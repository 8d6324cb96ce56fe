import type { RendererDef } from '@ridgeline/core';
import { containers } from './renderers/containers.ts';
import { containersByHostname } from './renderers/containers-by-hostname.ts';
import { containersByImage } from './renderers/containers-by-image.ts';
import { ecsServices, ecsTasks } from './renderers/ecs.ts';
import { endpoints } from './renderers/endpoints.ts';
import { hosts } from './renderers/hosts.ts';
import { kubeControllers } from './renderers/kube-controllers.ts';
import { pods } from './renderers/pods.ts';
import { processes } from './renderers/processes.ts';
import { processesByName } from './renderers/processes-by-name.ts';
import { services } from './renderers/services.ts';
import { swarmServices } from './renderers/swarm-services.ts';
import { weave } from './renderers/weave.ts';

/** All built-in renderers. */
export const builtinRenderers: readonly RendererDef[] = Object.freeze([
  endpoints,
  processes,
  processesByName,
  containers,
  containersByHostname,
  containersByImage,
  pods,
  kubeControllers,
  services,
  ecsTasks,
  ecsServices,
  swarmServices,
  hosts,
  weave,
]);
