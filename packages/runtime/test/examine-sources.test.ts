import { describe, expect, it } from 'vitest';
import { judgeConntrack, judgeEbpf } from '../src/doctor/examine-sources.ts';

const state = { chain: 'state', chosen: 'tp_btf', refusals: [] } as const;
const accept = {
  chain: 'accept',
  chosen: 'none',
  refusals: [
    { rung: 'fexit', reason: 'the policy denies it' },
    { rung: 'sys_exit_accept', reason: 'tracefs is not mounted', fix: 'mount it' },
  ],
  cost: 'the process of an accepted connection is known late',
} as const;

describe('what doctor says of sources', () => {
  it('names for each chain the choice, each refusal with its reason, what it costs, and what helps', () => {
    const findings = judgeEbpf({
      kind: 'running',
      pid: 7,
      chains: [state, accept],
      inFirstPidNamespace: true,
    });
    expect(findings).toEqual([
      { subject: 'eBPF, state', state: 'good', found: 'tp_btf' },
      {
        subject: 'eBPF, accept',
        state: 'missing',
        found: 'none; not fexit: the policy denies it; not sys_exit_accept: tracefs is not mounted',
        cost: accept.cost,
        remedy: 'for sys_exit_accept: mount it',
      },
    ]);
  });

  it('says first when nothing works at all', () => {
    const [first, ...rest] = judgeEbpf({
      kind: 'unable',
      reason: 'CAP_BPF is missing',
      fix: 'run it as root',
      chains: [accept],
    });
    expect(first).toMatchObject({
      subject: 'eBPF',
      state: 'missing',
      found: 'cannot work here: CAP_BPF is missing',
      remedy: 'run it as root',
    });
    expect(rest).toHaveLength(1);
  });

  it('names the reader of the connection tracker', () => {
    const refusals = [{ rung: 'netlink', reason: 'CAP_NET_ADMIN is missing' }] as const;
    expect(judgeConntrack({ chosen: 'proc', refusals, cost: 'short flows are missed' })).toEqual({
      subject: 'conntrack, reader',
      state: 'limited',
      found: 'proc; not netlink: CAP_NET_ADMIN is missing',
      cost: 'short flows are missed',
    });
  });
});
