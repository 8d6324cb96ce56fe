import {
  asNodeId,
  defineDetails,
  definePlugin,
  defineRenderer,
  defineTopology,
  defineView,
  Engine,
  type Plugin,
  select,
} from '@ridgeline/core';
import { expect, it } from 'vitest';
import { containersReport } from '../engine/containers-model.ts';

const at = { now: 0, monotonic: 0 };

function engineWith(...plugins: readonly Plugin[]): Engine {
  const model = definePlugin({
    name: 'model',
    contribute: () => ({
      topologies: [defineTopology({ name: 'container' })],
      views: [
        defineView({
          name: 'containers',
          label: 'Containers',
          renderer: defineRenderer({ name: 'containers', plan: select('container') }),
        }),
      ],
    }),
  });
  const engine = new Engine({ plugins: [model(), ...plugins] });
  engine.ingest(
    { source: 's', host: 'h' },
    containersReport(engine.symbols, [{ id: 'a', role: 'web' }]),
    1000,
    at,
  );
  return engine;
}

it('adds what a plugin computes to the details of a node', () => {
  const owners = definePlugin({
    name: 'owners',
    contribute: () => ({
      details: [
        defineDetails({
          name: 'owners',
          topology: 'container',
          add: (node) => ({
            metadata: [{ id: 'owner', label: 'Owner', value: `${node.raw('role')} team` }],
            tables: [
              { id: 'on-call', label: 'On call', type: 'property-list', columns: [], rows: [], truncated: 0 },
            ],
          }),
        }),
        defineDetails({ name: 'others', topology: 'pod', add: () => ({ metadata: [] }) }),
      ],
    }),
  });

  const details = engineWith(owners()).details({ view: 'containers' }, asNodeId('a'));

  expect(details?.metadata).toEqual([{ id: 'owner', label: 'Owner', value: 'web team' }]);
  expect(details?.tables.map((table) => table.id)).toEqual(['on-call']);
});

it('shows the details without what failed, and names who failed', () => {
  const broken = definePlugin({
    name: 'broken',
    contribute: () => ({
      details: [
        defineDetails({
          name: 'broken',
          add: () => {
            throw new Error('boom');
          },
        }),
      ],
    }),
  });
  const engine = engineWith(broken());

  expect(engine.details({ view: 'containers' }, asNodeId('a'))?.label).toBe('a');
  expect(engine.faults.map((fault) => fault.message)).toEqual(['details broken failed on node "a": boom']);
});

it('takes a plugin that is written for this version of the API', () => {
  const plugin = definePlugin({ name: 'fits', api: '^0.1.0', contribute: () => ({}) });
  expect(plugin().name).toBe('fits');
});

it.each([
  ['^0.9.0', 'it is written for version ^0.9.0 of the plugin API, and this is 0.1.0'],
  ['soon', 'its api "soon" is no range of versions'],
])('refuses a plugin for version %s of the API, and says what to change', (api, says) => {
  expect(() => definePlugin({ name: 'late', api, contribute: () => ({}) })).toThrow(`plugin "late": ${says}`);
});
