import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runAtOnce } from '../src/run-sliced.ts';
import { type Scan, type ScanGaps, Scanner } from '../src/scan.ts';
import { describeScan } from '../src/status.ts';
import { writeProc } from './proc-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'procfs-status-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cost = { heldMillis: 42.04, periodMillis: 1000, everyMillis: 1000, isRoot: false };

function scanWith(gaps: Partial<ScanGaps>): Scan {
  const root = join(folder, 'proc');
  writeProc(root, { self: 10, processes: [{ pid: 10, namespace: 1 }] });
  const scan = runAtOnce(new Scanner({ root, etc: root }).scan(1, 1));
  if (scan === undefined) throw new Error('no scan');
  return { ...scan, gaps: { ...scan.gaps, ...gaps } };
}

describe('status', () => {
  it('is running, with the share of a core that scans take', () => {
    expect(describeScan(scanWith({}), cost)).toEqual({
      state: 'running',
      facts: {
        processes: 1,
        sockets: 0,
        namespaces: 1,
        deniedProcesses: 0,
        unattributedSockets: 0,
        tcp: 'all',
        scanMillis: 42,
        periodMillis: 1000,
        sharePercent: 4.2,
      },
    });
  });

  it('says whose sockets could not be attributed, and what to do', () => {
    const notice = describeScan(scanWith({ deniedProcesses: 3, unattributedSockets: 7 }), cost);
    expect(notice.state).toBe('degraded');
    expect(notice.message).toBe(
      'sockets of 3 processes could not be attributed (7 sockets): run as root or with CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH',
    );
  });

  it('does not advise root to become root', () => {
    const scan = scanWith({ deniedProcesses: 1, unattributedSockets: 1 });
    const { message } = describeScan(scan, { ...cost, isRoot: true });
    expect(message).toContain('sockets of 1 process could not be attributed (1 socket)');
    expect(message).not.toContain('run as root');
  });

  it('is calm about processes that may not be looked into while no socket is left over', () => {
    expect(describeScan(scanWith({ deniedProcesses: 3 }), cost).state).toBe('running');
  });

  it('says when scans are made rarer to keep to their share', () => {
    const { message } = describeScan(scanWith({}), { ...cost, heldMillis: 300, periodMillis: 3000 });
    expect(message).toContain('a scan takes 300 ms: every 3000 ms instead of 1000');
  });
});
