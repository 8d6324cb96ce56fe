import { digits, type IdKind, joinedId } from '@ridgeline/core';

/** Ids of processes: `host;pid`. */
export const processId: IdKind<readonly [host: string, pid: string]> = joinedId<
  readonly [host: string, pid: string]
>('process', [undefined, digits]);
