import type { NodeSummary } from '@ridgeline/core/wire';

/** That something is wrong with a node, and the words in which its reporter says so. */
export interface Trouble {
  readonly trouble: 'warn' | 'bad';
  readonly troubleReason: string;
}

/** The rows that tell a node's state, in whatever words its source has for it. */
const STATE_ROW = /(^|[_.:-])(state|status|health|phase|condition)(_human|_text)?$/i;

/** Docker: dead, exited with a code, unhealthy. Kubernetes: the reasons of waiting and terminated containers, Failed, Evicted. */
const BAD =
  /\b(dead|unhealthy|failed|failure|error|err\w+|\w*backoff|crash\w*|oomkilled|evicted|lost|notready|cannotrun|createcontainer\w*error|containercannotrun|deadlineexceeded|down)\b|\bexited \([1-9]/i;
const WARN =
  /\b(stopped|exited|paused|restarting|pending|created|removing|terminating|unknown|degraded|draining|stale|health: starting|warning)\b/i;

/** The trouble that a node's state tells; the worst row counts. */
export function troubleOf(metadata: NodeSummary['metadata']): Trouble | undefined {
  let warning: Trouble | undefined;
  for (const { id, value } of metadata) {
    if (!STATE_ROW.test(id)) continue;
    if (BAD.test(value)) return { trouble: 'bad', troubleReason: value };
    if (WARN.test(value)) warning ??= { trouble: 'warn', troubleReason: value };
  }
  return warning;
}
