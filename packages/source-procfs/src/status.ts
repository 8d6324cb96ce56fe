import type { SourceNotice } from '@ridgeline/core';
import type { Scan } from './scan.ts';

/** What a scan and its report cost. */
export interface ScanCost {
  /** How long the event loop was held, all slices together. */
  readonly heldMillis: number;
  /** From the start of this scan to the start of the next. */
  readonly periodMillis: number;
  /** The period that was asked for. */
  readonly everyMillis: number;
  /** Whether this process is root: decides what is advised. */
  readonly isRoot: boolean;
}

/**
 * What the source says of itself after a scan: `running`, or `degraded` when something cannot be seen or scans had to be
 * made rarer to keep to their share of a core.
 */
export function describeScan(scan: Scan, cost: ScanCost): SourceNotice {
  const problems = problemsOf(scan, cost);
  return {
    state: problems.length === 0 ? 'running' : 'degraded',
    ...(problems.length === 0 ? {} : { message: problems.join('; ') }),
    facts: {
      processes: scan.processes.length,
      sockets: scan.sockets.size,
      tcp: scan.tcpDemand,
      namespaces: scan.namespaces.length,
      deniedProcesses: scan.gaps.deniedProcesses,
      unattributedSockets: scan.gaps.unattributedSockets,
      scanMillis: round(cost.heldMillis),
      periodMillis: Math.round(cost.periodMillis),
      sharePercent: round((cost.heldMillis / cost.periodMillis) * 100),
    },
  };
}

function problemsOf({ gaps }: Scan, cost: ScanCost): readonly string[] {
  const problems: string[] = [];
  // A process that may not be looked into matters only if some socket is left over that may be its own.
  if (gaps.deniedProcesses > 0 && gaps.unattributedSockets > 0) {
    problems.push(
      `sockets of ${counted(gaps.deniedProcesses, 'process', 'processes')} could not be attributed (${counted(gaps.unattributedSockets, 'socket', 'sockets')}): ${remedy(cost.isRoot)}`,
    );
  }
  if (gaps.deniedNamespaces > 0) {
    problems.push(
      `the network ${gaps.deniedNamespaces === 1 ? 'namespace' : 'namespaces'} of ${counted(gaps.deniedNamespaces, 'process', 'processes')} could not be told, and may be missing: ${remedy(cost.isRoot)}`,
    );
  }
  if (gaps.malformedLines > 0) {
    problems.push(
      `${counted(gaps.malformedLines, 'line', 'lines')} of socket tables could not be understood`,
    );
  }
  if (cost.periodMillis > cost.everyMillis * 1.5) {
    problems.push(
      `a scan takes ${Math.round(cost.heldMillis)} ms: every ${Math.round(cost.periodMillis)} ms instead of ${cost.everyMillis}, to keep to the share of a core; raise "share" or "every"`,
    );
  }
  return problems;
}

function remedy(isRoot: boolean): string {
  return isRoot
    ? 'the kernel refuses them even to this root user, who lacks a capability that they have, or whom a security module holds'
    : 'run as root or with CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH';
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
