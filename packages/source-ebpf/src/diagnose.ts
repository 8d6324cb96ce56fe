import type { ChildState, SupervisorOptions } from './supervise-child.ts';
import { superviseChild } from './supervise-child.ts';

/**
 * Tries what this machine allows, once: loads and attaches the programs, says what came of each chain, and leaves nothing behind.
 *
 * @returns the state the child came to: `running` with its chains, `unable` with the reason, or `fallen-back` when it died
 * @example
 * const state = await diagnose({ ringBytes: 65_536, avoid: [] });
 * if (state.kind === 'running') for (const { chain, chosen, refusals } of state.chains) …
 */
export async function diagnose(options: SupervisorOptions): Promise<ChildState> {
  const outcome = await new Promise<{ state: ChildState; stop: () => Promise<void> }>((resolve) => {
    const supervisor = superviseChild(options, {
      onReport: () => {},
      onState: (state) => {
        if (state.kind === 'starting' || state.kind === 'restarting') return;
        queueMicrotask(() => resolve({ state, stop: () => supervisor.stop() }));
      },
    });
  });
  await outcome.stop();
  return outcome.state;
}
