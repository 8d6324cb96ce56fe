import { rmSync } from 'node:fs';
import { makeReport, type SymbolTable, TopologyBuilder } from '@ridgeline/core';
import type { Ridgeline } from '@ridgeline/core/live';
import { createRidgeline, viewingPlugins } from '@ridgeline/runtime';
import { cgroup, endpointId, hostNodeId, pid, processId, processName } from '@ridgeline/vocabulary';
import { filter, firstValueFrom } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemd } from '../src/index.ts';
import { unitId, unitOfPath } from '../src/vocabulary.ts';
import { writeControlGroups } from './control-groups.ts';

const NGINX = 'system.slice/nginx.service';
const root = writeControlGroups({
  [NGINX]: { memory: 4096, tasks: 2, events: 'low 0\noom_kill 1\n' },
  [`${NGINX}/worker`]: {},
  'system.slice/postgresql.service': { memory: 8192, tasks: 1 },
  'user.slice/user-0.slice/session-1.scope': {},
});
afterAll(() => rmSync(root, { recursive: true }));

/** Two processes that talk, as the source of processes reports them. */
function processesOf(symbols: SymbolTable, at: number) {
  const processes = new TopologyBuilder('process', symbols, at);
  const endpoints = new TopologyBuilder('endpoint', symbols, at);
  const client = endpointId.encode('', '10.0.0.1', '40000');
  const server = endpointId.encode('', '10.0.0.1', '5432');
  for (const [number, name, group, id] of [
    ['7', 'nginx', `/${NGINX}/worker`, client],
    ['8', 'postgres', '/system.slice/postgresql.service', server],
  ] as const) {
    const row = processes.row(processId.encode('h', number));
    processes.set(row, processName, name);
    processes.set(row, pid, number);
    processes.set(row, hostNodeId, 'h;<host>');
    processes.set(row, cgroup, group);
    const end = endpoints.row(id);
    endpoints.set(end, pid, number);
    endpoints.set(end, hostNodeId, 'h;<host>');
  }
  endpoints.edge(endpoints.row(client), server);
  const topologies = [processes.build(), endpoints.build()];
  return makeReport({
    origin: { source: 'fixture', host: 'h' },
    symbols,
    window: { from: at, to: at },
    topologies,
  });
}

let ridgeline: Ridgeline;
beforeAll(async () => {
  ridgeline = createRidgeline({ plugins: [...viewingPlugins(), systemd({ root, every: 50 })], host: 'h' });
  const { engine } = ridgeline;
  const now = Date.now();
  engine.ingest({ source: 'fixture', host: 'h' }, processesOf(engine.symbols, now), 60_000, {
    now,
    monotonic: 0,
  });
  ridgeline.start();
  await firstValueFrom(
    ridgeline.sources$.pipe(
      filter((all) => all.some(({ name, reports }) => name === 'units' && reports > 0)),
    ),
  );
  ridgeline.stop();
});

describe('units', () => {
  it('are shown with the connections of their processes', () => {
    const { nodes, ledger } = ridgeline.render({ view: 'units' });
    expect([...nodes.values()].map(({ label, labelMinor }) => `${label} (${labelMinor})`)).toEqual([
      'nginx.service (h, 1 process)',
      'postgresql.service (h, 1 process)',
      'session-1.scope (h, 0 processes)',
    ]);
    const nginx = nodes.get(unitId.encode('h', NGINX));
    expect(nginx?.adjacency).toEqual([unitId.encode('h', 'system.slice/postgresql.service')]);
    expect(ledger).toMatchObject({ total: 3, shown: 3, filtered: 0 });
  });

  it('have an option that hides what is no service, and the ledger counts it', () => {
    const { ledger } = ridgeline.render({ view: 'units', options: { kind: 'service' } });
    expect(ledger).toMatchObject({ total: 3, shown: 2, filtered: 1 });
    expect(ledger.clauses[0]).toMatchObject({ name: 'Services', rejected: 1, only: 1 });
  });

  it('have details: metadata, metrics, memory events, processes and connections', () => {
    const details = ridgeline.engine.details({ view: 'units' }, unitId.encode('h', NGINX));
    expect(details?.metadata.map(({ label, value }) => [label, value])).toEqual([
      ['Kind', 'service'],
      ['Slice', 'system.slice'],
      ['# Processes', '1'],
    ]);
    expect(details?.metrics.map(({ label, value }) => [label, value])).toEqual([
      ['Memory', 4096],
      ['Tasks', 2],
    ]);
    const [events] = details?.tables ?? [];
    expect(events?.rows.map(({ entries }) => [entries.label, entries.value])).toEqual([
      ['low', '0'],
      ['oom_kill', '1'],
    ]);
    expect(details?.children.map(({ label, nodes }) => [label, nodes.map((node) => node.label)])).toEqual([
      ['Processes', ['nginx']],
    ]);
    expect(details?.connections.outgoing).toHaveLength(1);
  });
});

describe('the unit of a control group', () => {
  it('is its last part that is one', () => {
    expect(unitOfPath('/user.slice/user@0.service/app.slice/app.service/sub')?.name).toBe('app.service');
    expect(unitOfPath('/system.slice')).toBeUndefined();
    expect(unitOfPath('/')).toBeUndefined();
  });
});
