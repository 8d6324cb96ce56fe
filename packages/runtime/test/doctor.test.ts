import { describe, expect, it } from 'vitest';
import { examineMachine, judgeMachine, type MachineFacts } from '../src/index.ts';

const root: MachineFacts = {
  platform: 'linux',
  node: '24.1.0',
  effectiveUser: 0,
  privileges: {
    effective: new Set([
      'CAP_BPF',
      'CAP_PERFMON',
      'CAP_SYS_ADMIN',
      'CAP_SYS_PTRACE',
      'CAP_DAC_READ_SEARCH',
      'CAP_NET_ADMIN',
    ]),
    inUserNamespace: false,
  },
  kernel: {
    release: '6.1.0',
    hasBtf: true,
    tracefs: { path: '/sys/kernel/tracing' },
    lockdown: 'none',
    inFirstPidNamespace: true,
  },
  processes: { processes: 200, closed: 0, namespaces: 3, withoutNamespace: 0 },
  hidePid: undefined,
  connectionTracking: 'yes',
};

const nobody: MachineFacts = {
  ...root,
  effectiveUser: 1000,
  privileges: { effective: new Set(), inUserNamespace: false },
  processes: { processes: 200, closed: 150, namespaces: 1, withoutNamespace: 150 },
};

const lacking = (facts: MachineFacts) =>
  judgeMachine(facts)
    .filter(({ state }) => state !== 'good')
    .map(({ subject }) => subject);

describe('the doctor', () => {
  it('finds nothing amiss with root on a machine of its own', () => {
    expect(lacking(root)).toEqual([]);
  });

  it('says of every lack what it costs, and what to do', () => {
    const findings = judgeMachine({ ...nobody, hidePid: '2', connectionTracking: 'no', node: '20.19.0' });
    for (const { state, cost, remedy } of findings) {
      if (state === 'good') expect([cost, remedy]).toEqual([undefined, undefined]);
      else expect([typeof cost, typeof remedy]).toEqual(['string', 'string']);
    }
  });

  it.each<[string, Partial<MachineFacts>, readonly string[]]>([
    [
      'a plain user',
      nobody,
      ['privileges', 'owners of sockets', 'network namespaces', 'connection events of the kernel (BPF)'],
    ],
    ['an old Node', { node: '20.19.0' }, ['Node']],
    ['no /proc', { processes: undefined }, ['/proc']],
    ['hidden pids', { hidePid: 'invisible' }, ['/proc']],
    ['a container', { kernel: { ...root.kernel, inFirstPidNamespace: false } }, ['pid namespace']],
    ['no BTF', { kernel: { ...root.kernel, hasBtf: false } }, ['connection events of the kernel (BPF)']],
    [
      'tracefs, where it may not be mounted',
      {
        kernel: { ...root.kernel, tracefs: { path: undefined, reason: 'not-mounted' } },
        privileges: { ...root.privileges, effective: new Set(['CAP_BPF', 'CAP_PERFMON']) },
      },
      ['privileges', 'connection events of the kernel (BPF)'],
    ],
    [
      'a mounted tracefs, where the reader may mount one,',
      { kernel: { ...root.kernel, tracefs: { path: undefined, reason: 'not-mounted' } } },
      [],
    ],
    [
      'lockdown',
      { kernel: { ...root.kernel, lockdown: 'confidentiality' } },
      ['connection events of the kernel (BPF)'],
    ],
    ['no connection tracking', { connectionTracking: 'no' }, ['address translation (conntrack)']],
    ['another system', { platform: 'darwin' }, ['system']],
  ])('names what %s lacks', (_, facts, subjects) => {
    expect(lacking({ ...root, ...facts })).toEqual(subjects);
  });

  it('can look at this very machine', async () => {
    const findings = await examineMachine();
    expect(findings.length).toBeGreaterThan(0);
    expect(findings[0]).toMatchObject({ subject: 'system' });
  });
});
