import type { SourceStatus } from '@ridgeline/core';
import { describe, expect, it } from 'vitest';
import { flowsBeside, tcpDemandBeside } from '../src/coordinate.ts';

const whole: SourceStatus = {
  name: 'ebpf',
  host: 'h',
  state: 'running',
  since: 1,
  reports: 3,
  refused: 0,
  facts: { state: 'tp_btf', accept: 'fexit', snapshot: 'task_file' },
};
const unread: SourceStatus = { ...whole, facts: { lostEvents: 0 } };

describe('what eBPF leaves to the other sources', () => {
  it.each<[string, SourceStatus | undefined, 'all' | 'listening', 'udp' | 'all']>([
    ['there is none', undefined, 'all', 'all'],
    ['it is starting', { ...unread, state: 'starting', reports: 0 }, 'all', 'udp'],
    ['it runs, but has not reported', { ...whole, reports: 0 }, 'all', 'udp'],
    ['nothing is read any more', { ...unread, state: 'running' }, 'all', 'all'],
    ['it runs', whole, 'listening', 'udp'],
    ['it cannot tell who accepts', { ...whole, state: 'degraded' }, 'all', 'udp'],
    ['its reader has died', { ...unread, state: 'degraded' }, 'all', 'all'],
    ['it has gone quiet', { ...whole, state: 'stale' }, 'all', 'udp'],
    ['it failed', { ...whole, state: 'failed' }, 'all', 'all'],
    [
      'it cannot work here',
      { ...whole, state: 'stopped', reports: 0, facts: { state: 'none' } },
      'all',
      'all',
    ],
  ])('%s', (_, status, tcp, flows) => {
    expect(tcpDemandBeside(status)).toBe(tcp);
    expect(flowsBeside(status)).toBe(flows);
  });
});
