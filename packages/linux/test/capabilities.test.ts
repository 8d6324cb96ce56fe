import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  isUidMapNested,
  parseEffectiveCapabilities,
  parseLockdown,
  probeKernel,
  readPrivileges,
} from '../src/index.ts';

const folders: string[] = [];
function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ridgeline-linux-'));
  folders.push(folder);
  return folder;
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe('privileges', () => {
  it('reads the effective mask', () => {
    const status = 'Name:\tx\nCapPrm:\t000001ffffffffff\nCapEff:\t000000c000001000\nCapBnd:\t0\n';
    expect([...(parseEffectiveCapabilities(status) ?? [])].sort()).toEqual([
      'CAP_BPF',
      'CAP_NET_ADMIN',
      'CAP_PERFMON',
    ]);
    expect(parseEffectiveCapabilities('Name:\tx\n')).toBeUndefined();
    expect(parseEffectiveCapabilities('CapEff:\tnothing\n')).toBeUndefined();
  });

  it('takes CAP_SYS_ADMIN for CAP_BPF and CAP_PERFMON, as the kernel does', () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'status'), 'CapEff:\t0000000000200000\n');
    writeFileSync(join(folder, 'uid_map'), '         0          0 4294967295\n');
    const { effective, inUserNamespace } = readPrivileges(folder);
    expect(effective.has('CAP_BPF') && effective.has('CAP_PERFMON')).toBe(true);
    expect(inUserNamespace).toBe(false);
  });

  it('knows a user namespace by its map', () => {
    expect(isUidMapNested('         0          0 4294967295\n')).toBe(false);
    expect(isUidMapNested('         0       1000          1\n')).toBe(true);
    expect(isUidMapNested('')).toBe(true);
  });

  it('is nothing where nothing can be read', () => {
    expect(readPrivileges(join(makeFolder(), 'gone'))).toEqual({
      effective: new Set(),
      inUserNamespace: false,
    });
  });
});

describe('what the kernel offers', () => {
  it('finds tracefs at the second place, and tells a mount that is not there', () => {
    const folder = makeFolder();
    const events = join(folder, 'debug', 'tracing', 'events');
    mkdirSync(events, { recursive: true });
    writeFileSync(join(events, 'header_page'), '');
    writeFileSync(join(folder, 'lockdown'), 'none [integrity] confidentiality\n');
    const paths = {
      btf: join(folder, 'btf'),
      tracefs: [join(folder, 'tracing'), join(folder, 'debug', 'tracing')],
      lockdown: join(folder, 'lockdown'),
      pidNamespace: join(folder, 'pid'),
    };
    expect(probeKernel(paths)).toMatchObject({
      hasBtf: false,
      tracefs: { path: join(folder, 'debug', 'tracing') },
      lockdown: 'integrity',
      inFirstPidNamespace: false,
    });
    expect(probeKernel({ ...paths, tracefs: [join(folder, 'nowhere')] }).tracefs).toEqual({
      path: undefined,
      reason: 'not-mounted',
    });
  });

  it.each([
    ['[none] integrity confidentiality', 'none'],
    ['none integrity [confidentiality]', 'confidentiality'],
    ['', 'unknown'],
    ['[other]', 'unknown'],
  ])('reads the lockdown mode of %j', (text, mode) => {
    expect(parseLockdown(text)).toBe(mode);
  });
});
