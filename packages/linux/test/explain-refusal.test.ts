import { describe, expect, it } from 'vitest';
import { type Capability, explainRefusal, type KernelFacts, LinuxError, openLinux } from '../src/index.ts';

const EPERM = 1;
const kernel: KernelFacts = {
  release: '6.1.0',
  hasBtf: true,
  tracefs: { path: '/sys/kernel/tracing' },
  lockdown: 'integrity',
  inFirstPidNamespace: true,
};
const holding = (...effective: Capability[]) => ({ effective: new Set(effective), inUserNamespace: false });

describe('what the user is told', () => {
  it('of maps refused: CAP_BPF is missing', () => {
    const error = explainRefusal('bpf(BPF_MAP_CREATE)', EPERM, {
      privileges: holding(),
      kernel,
      subject: 'map "events"',
    });
    expect(error).toBeInstanceOf(LinuxError);
    expect(error.message).toBe(
      'bpf(BPF_MAP_CREATE) for map "events" was refused (EPERM): CAP_BPF is missing',
    );
    expect(error.fix).toBe('give it CAP_BPF and CAP_PERFMON, or run it as root');
    expect(error.facts).toEqual({ call: 'bpf(BPF_MAP_CREATE)', errno: 1, subject: 'map "events"' });
  });

  it('of maps refused inside a user namespace: that is why', () => {
    const privileges = { effective: new Set<Capability>(['CAP_BPF']), inUserNamespace: true };
    const error = explainRefusal('bpf(BPF_MAP_CREATE)', EPERM, { privileges });
    expect(error.message).toContain('inside a user namespace');
    expect(error.fix).toContain('outside of the user namespace');
  });

  it('of programs refused: CAP_PERFMON, or with everything there the policy and the lockdown mode', () => {
    const without = explainRefusal('bpf(BPF_PROG_LOAD)', EPERM, { privileges: holding('CAP_BPF'), kernel });
    expect(without.message).toContain('CAP_PERFMON is missing');
    const privileges = holding('CAP_BPF', 'CAP_PERFMON');
    expect(explainRefusal('bpf(BPF_PROG_LOAD)', EPERM, { privileges, kernel }).message).toContain(
      'policy denies it (lockdown mode "integrity")',
    );
    const unknown = { ...kernel, lockdown: 'unknown' as const };
    expect(explainRefusal('bpf(BPF_PROG_LOAD)', EPERM, { privileges, kernel: unknown }).message).toContain(
      'lockdown mode unknown',
    );
  });

  it.each([
    ['bpf(BPF_MAP_CREATE)', 38, 'built without BPF'],
    ['bpf(BPF_MAP_CREATE)', 22, '5.8 or newer'],
    ['bpf(BPF_MAP_CREATE)', 12, 'not enough memory'],
    ['bpf(BPF_PROG_LOAD)', 13, 'verifier rejected'],
    ['bpf(BPF_PROG_LOAD)', 22, 'does not know this kind of program'],
    ['perf_event_open', 2, 'no such probe'],
    ['perf_event_open', 13, 'CAP_PERFMON'],
    ['setns', 1, 'CAP_SYS_ADMIN'],
    ['fsmount', 1, 'mounting a file system needs CAP_SYS_ADMIN'],
    ['fsopen', 19, 'built without it'],
    ['bind(AF_NETLINK)', 1, 'CAP_NET_ADMIN'],
    ['socket(AF_NETLINK)', 93, 'built without the protocol'],
    ['recv(AF_NETLINK)', 105, 'messages were dropped'],
    ['mmap', 4242, 'errno 4242'],
  ] as const)('of %s with errno %i: %s', (call, errno, words) => {
    expect(explainRefusal(call, errno).message).toContain(words);
  });

  it('on a platform without these calls: a typed error, and nothing at import', () => {
    expect(() => openLinux({ platform: 'darwin', arch: 'arm64' })).toThrowError(
      expect.objectContaining({ code: 'PLATFORM_UNSUPPORTED' }),
    );
    expect(() => openLinux({ platform: 'linux', arch: 'riscv64' })).toThrowError(/x64 or arm64/);
  });
});
