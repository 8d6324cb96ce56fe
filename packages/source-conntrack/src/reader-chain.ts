import { type Linux, LinuxError, openLinux } from '@ridgeline/linux';
import { type FlowReader, FlowReaderError, type FlowReaderOptions } from './flow-reader.ts';
import { openNetlinkReader } from './netlink-reader.ts';
import { openProcReader, openProgramReader, probeProc, probeProgram } from './text-readers.ts';

/** The ways of reading, best first. */
export const RUNGS = ['netlink', 'program', 'proc'] as const;
export type Rung = (typeof RUNGS)[number];

/** Why a way of reading is not used. */
export interface RungRefusal {
  readonly rung: Rung;
  readonly reason: string;
  readonly fix?: string;
}

/** What was chosen, and why nothing better. */
export interface RungChoice {
  readonly chosen: Rung | 'none';
  readonly refusals: readonly RungRefusal[];
  /** What the choice costs the map; left out for the best. */
  readonly cost?: string;
}

const COSTS: Readonly<Record<Rung | 'none', string | undefined>> = {
  netlink: undefined,
  program:
    'flows are read every so often by the conntrack program: those that come and go in between are missed',
  proc: 'flows are read every so often from /proc: those that come and go in between are missed, and namespaces without a process',
  none: 'translated addresses are shown as they are: who is behind them is not known',
};

/** Opens a reader in the chosen way. */
export type OpenReader = (options: FlowReaderOptions) => FlowReader;

/**
 * Tries the ways of reading in this process's own namespace, best first.
 *
 * @param avoid - ways that are not to be tried
 */
export async function chooseRung(
  avoid: readonly Rung[],
): Promise<{ readonly choice: RungChoice; readonly open: OpenReader | undefined }> {
  const refusals: RungRefusal[] = [];
  for (const rung of RUNGS) {
    if (avoid.includes(rung)) {
      refusals.push({ rung, reason: 'it is left out by the option "avoid"' });
      continue;
    }
    try {
      return { choice: choiceOf(rung, refusals), open: await tryRung(rung) };
    } catch (error) {
      if (!(error instanceof LinuxError || error instanceof FlowReaderError)) throw error;
      const { message: reason, fix } = error;
      refusals.push({ rung, reason, ...(fix === undefined ? {} : { fix }) });
    }
  }
  return { choice: choiceOf('none', refusals), open: undefined };
}

async function tryRung(rung: Rung): Promise<OpenReader> {
  switch (rung) {
    case 'netlink': {
      const linux: Linux = openLinux();
      const open: OpenReader = (options) => openNetlinkReader(linux, options);
      // Subscribing needs the same right as reading does.
      open({ onlyTranslated: true, events: 'ends' }).close();
      return open;
    }
    case 'program':
      await probeProgram();
      return openProgramReader;
    case 'proc':
      await probeProc();
      return openProcReader;
  }
}

function choiceOf(chosen: Rung | 'none', refusals: readonly RungRefusal[]): RungChoice {
  const cost = COSTS[chosen];
  return { chosen, refusals, ...(cost === undefined ? {} : { cost }) };
}
