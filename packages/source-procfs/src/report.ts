import { type Loss, makeReport, type Report, type SymbolTable } from '@ridgeline/core';
import { hostId } from '@ridgeline/vocabulary';
import { ConnectionAges } from './connection-ages.ts';
import { connectSockets } from './connections.ts';
import { reportEndpoints } from './report-endpoints.ts';
import { reportHost } from './report-host.ts';
import { reportProcesses } from './report-processes.ts';
import type { Scan } from './scan.ts';

/** Name of the source, in edge facts and losses. */
export const sourceName = 'procfs';

/** Turns scans of one host into reports; keeps how long each connection has been there. */
export class Reporter {
  private readonly host: string;
  private readonly ages = new ConnectionAges();
  private lastMillis: number | undefined;

  constructor(host: string) {
    this.host = host;
  }

  /** The report of a scan, as steps for `runSliced`; the window reaches back to the scan before. */
  *report(scan: Scan, symbols: SymbolTable): Generator<void, Report, void> {
    const { host } = this;
    const hostNode = hostId.encode(host);
    const connections = yield* connectSockets(scan);
    const firstSeen = this.ages.update(connections, scan.atMillis);
    yield;
    const endpoints = yield* reportEndpoints({
      scan,
      connections,
      firstSeen,
      symbols,
      host,
      hostNode,
      source: sourceName,
    });
    yield;
    const processes = yield* reportProcesses(scan, symbols, host, hostNode);
    yield;
    const from = this.lastMillis ?? scan.atMillis;
    this.lastMillis = scan.atMillis;
    return makeReport({
      origin: { source: sourceName, host },
      symbols,
      window: { from, to: scan.atMillis },
      topologies: [endpoints, processes, reportHost(scan, symbols, host, hostNode)],
      lost: losses(scan, host),
    });
  }
}

function losses(scan: Scan, host: string): readonly Loss[] {
  const { unattributedSockets, malformedLines } = scan.gaps;
  const found: Loss[] = [];
  const add = (what: string, count: number): void => {
    if (count > 0) found.push({ source: sourceName, host, what, count });
  };
  add('socket lines not understood', malformedLines);
  add('sockets without a process', unattributedSockets);
  return found;
}
