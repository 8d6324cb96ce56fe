import {
  type DetachedTracefs,
  type KernelFacts,
  type Linux,
  LinuxError,
  mountTracefs,
  type Privileges,
  type TracefsProbe,
} from '@ridgeline/linux';

/** A tracefs to attach tracepoints by. */
export interface ReachableTracefs {
  /** Where it is; asked for by the first tracepoint only, for on most kernels none is needed. */
  readonly probe: () => TracefsProbe;
  /** Gives back what was mounted. */
  readonly close: () => void;
}

/**
 * The machine's own tracefs, else one that only this process sees. One that is mounted and closed to this process is left closed.
 */
export function createReachableTracefs(
  linux: Linux,
  kernel: KernelFacts,
  privileges: Privileges,
): ReachableTracefs {
  let mounted: DetachedTracefs | undefined;
  let probe: TracefsProbe | undefined;
  const find = (): TracefsProbe => {
    const { tracefs } = kernel;
    if (tracefs.path !== undefined || tracefs.reason !== 'not-mounted') return tracefs;
    try {
      mounted = mountTracefs(linux, { kernel, privileges });
      return { path: mounted.path };
    } catch (error) {
      if (!(error instanceof LinuxError)) throw error;
      return { ...tracefs, notMountable: error.message };
    }
  };
  return {
    probe: () => {
      probe ??= find();
      return probe;
    },
    close: () => mounted?.close(),
  };
}
