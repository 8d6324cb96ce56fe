import { textAttribute } from '@ridgeline/core';
import { viewingPlugins } from '@ridgeline/runtime';
import { declaredReports, fromRecording, pluginLaws } from '@ridgeline/testkit';
import {
  containerId,
  containerKey,
  containerState,
  DOCKER_LABEL,
  endpointId,
  hostNodeId,
  KUBERNETES_LABEL,
  pid,
  processId,
  serviceId,
} from '@ridgeline/vocabulary';
import * as fc from 'fast-check';
import { describe, it } from 'vitest';
import { teams } from '../src/index.ts';

const keys = ['a', 'b', 'c'] as const;
const label = (prefix: string) => ({
  attribute: textAttribute(`${prefix}team`),
  values: ['shop', 'search', ''] as const,
});
const onHost = { attribute: hostNodeId, values: ['h;<host>'] } as const;

/** Everything the renderer looks at: containers and services with labels, and what connects containers. */
const made = declaredReports({
  container: {
    ids: keys.map((key) => containerId.encode(key)),
    attributes: [label(DOCKER_LABEL), { attribute: containerState, values: ['running', 'deleted'] }],
    edges: false,
  },
  service: {
    ids: keys.map((key) => serviceId.encode(key)),
    attributes: [label(KUBERNETES_LABEL)],
    edges: false,
  },
  process: {
    ids: ['1', '2', '3'].map((number) => processId.encode('h', number)),
    attributes: [onHost, { attribute: containerKey, values: keys }],
    edges: false,
  },
  endpoint: {
    ids: ['1', '2', '3'].map((number) => endpointId.encode('', `10.0.0.${number}`, '80')),
    attributes: [onHost, { attribute: pid, values: ['1', '2', '3'] }],
  },
});
const shop = fromRecording(new URL('../../01-filter-chain-in-config/shop.jsonl', import.meta.url).pathname);

describe('teams', () => {
  pluginLaws(teams(), { test: it, reports: fc.oneof(made, shop), beside: viewingPlugins() });
});
