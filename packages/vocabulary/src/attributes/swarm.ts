import { type Attribute, textAttribute } from '@ridgeline/core';

export const swarmServiceName: Attribute<string> = textAttribute('service_name', 'swarm.service');

/** The stack that a Swarm service belongs to, or {@link NO_STACK}. */
export const stackNamespace: Attribute<string> = textAttribute('stack_namespace', 'swarm.stack');

/** What services without a stack are said to belong to. */
export const NO_STACK = 'No stack';
