import type { Plugin, SourceDef, SourceStatus, SourceStatuses, SourceUse } from '@ridgeline/core';
import { conntrack, createConntrack, type ShownFlows } from '@ridgeline/source-conntrack';
import { ebpf } from '@ridgeline/source-ebpf';
import { createProcfs, procfs, type TcpDemand } from '@ridgeline/source-procfs';
import { defer, distinctUntilChanged, map, type Observable } from 'rxjs';

/**
 * Who looks for connections, so that none is missed and none is paid for twice (issue 5). No source knows another; this file
 * watches how they are and guides those that can be guided:
 *
 * - While eBPF tells of all TCP connections, procfs reads processes, the host, and sockets that listen or speak UDP. It takes
 *   connections over again in the moment in which eBPF is no longer whole.
 * - The connection tracker shows UDP flows beside eBPF, and all flows where there is no eBPF.
 *
 * @param sources - how the sources of the process are, now and whenever it changes; asked for when a source is connected
 * @param host - the host whose sources these are
 * @returns the same plugins, with guided sources in place of those built in
 */
export function coordinateSources(
  plugins: readonly Plugin[],
  sources: () => Observable<SourceStatuses>,
  host: string,
): readonly Plugin[] {
  const ebpf$ = defer(sources).pipe(
    map((statuses) => statuses.find((status) => status.name === ebpf.name && status.host === host)),
  );
  const tcpDemand$ = ebpf$.pipe(map(tcpDemandBeside), distinctUntilChanged());
  const flows$ = ebpf$.pipe(map(flowsBeside), distinctUntilChanged());
  const guided = new Map<SourceDef<never>, SourceDef<never>>([
    [procfs as SourceDef<never>, createProcfs({ tcpDemand$ }) as SourceDef<never>],
    [conntrack as SourceDef<never>, createConntrack({ flows$ }) as SourceDef<never>],
  ]);
  const guide = (use: SourceUse<never>): SourceUse<never> => {
    const def = guided.get(use.def);
    return def === undefined ? use : { ...use, def };
  };
  return plugins.map((plugin) =>
    plugin.contributions.sources === undefined
      ? plugin
      : {
          ...plugin,
          contributions: { ...plugin.contributions, sources: plugin.contributions.sources.map(guide) },
        },
  );
}

/** What is left to procfs: everything, unless eBPF runs with all that it needs, and has reported since. */
export function tcpDemandBeside(ebpfStatus: SourceStatus | undefined): TcpDemand {
  const isWhole = ebpfStatus?.state === 'running' && ebpfStatus.reports > 0;
  return isWhole && isTold(ebpfStatus) ? 'listening' : 'all';
}

/** What is left to the connection tracker: UDP where eBPF tells of TCP, or may do so in a moment. */
export function flowsBeside(ebpfStatus: SourceStatus | undefined): ShownFlows {
  if (ebpfStatus === undefined) return 'all';
  if (ebpfStatus.state === 'starting') return 'udp';
  return isTold(ebpfStatus) && ebpfStatus.state !== 'failed' && ebpfStatus.state !== 'stopped'
    ? 'udp'
    : 'all';
}

/** Whether a reader tells of states: its chain of programs is not named while there is none. */
function isTold({ facts }: SourceStatus): boolean {
  return typeof facts?.state === 'string' && facts.state !== 'none';
}
