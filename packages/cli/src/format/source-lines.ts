import type { SourceState, SourceStatus } from '@ridgeline/core';
import { printable } from '../terminal/display-width.ts';
import { describeCount } from '../terminal/quantities.ts';
import type { Role, Style } from '../terminal/style.ts';

const ROLES: Readonly<Record<SourceState, Role>> = {
  starting: 'muted',
  running: 'good',
  degraded: 'warning',
  stale: 'warning',
  failed: 'trouble',
  stopped: 'muted',
};

/** A line for each source: how it is, its figures, and what is wrong. */
export function sourceLines(sources: readonly SourceStatus[], style: Style): readonly string[] {
  return sources.map((source) => {
    const { name, host, state, message, facts } = source;
    const parts = [`${style(ROLES[state], `● ${state}`)} ${style('strong', name)} on ${printable(host)}`];
    if (message !== undefined) parts.push(style(ROLES[state], printable(message)));
    if (facts !== undefined && Object.keys(facts).length > 0)
      parts.push(style('muted', describeFacts(facts)));
    if (source.refused > 0) parts.push(style('warning', `${describeCount(source.refused)} reports refused`));
    return parts.join('  ');
  });
}

/** A fact whose text is longer is an explanation: it has its place in the JSON. */
const FIGURE_LENGTH = 16;

/** `processes 214, sockets 1,204` */
function describeFacts(facts: Readonly<Record<string, string | number | boolean>>): string {
  return Object.entries(facts)
    .filter(([, value]) => String(value).length <= FIGURE_LENGTH)
    .map(
      ([key, value]) =>
        `${words(key)} ${typeof value === 'number' ? describeCount(value) : printable(String(value))}`,
    )
    .join(', ');
}

/** `unattributedSockets` → `unattributed sockets` */
function words(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
