/** What to do after a death of the child. */
export type RestartDecision =
  | { readonly kind: 'restart'; readonly afterMillis: number }
  /** Too many deaths: leave it alone for a while, and say so. */
  | { readonly kind: 'fall-back'; readonly forMillis: number };

/** Times of the policy, in milliseconds. */
export interface RestartTimes {
  /** Two deaths within this long are too many. */
  readonly windowMillis: number;
  readonly restartAfterMillis: number;
  /** How long the first falling back lasts; each further one twice as long, up to the longest. */
  readonly fallBackMillis: number;
  readonly longestFallBackMillis: number;
}

/** Issue 5: twice in a minute, fall back to /proc, say so, and try again later. */
export const RESTART_TIMES: RestartTimes = {
  windowMillis: 60_000,
  restartAfterMillis: 250,
  fallBackMillis: 60_000,
  longestFallBackMillis: 900_000,
};

/**
 * Remembers deaths and decides after each.
 *
 * @returns a function of the time of a death on a monotonic clock
 * @remarks A child that lived through the window after a falling back has earned the first times again.
 */
export function createRestartPolicy(
  times: RestartTimes = RESTART_TIMES,
): (atMillis: number) => RestartDecision {
  let lastDeath = Number.NEGATIVE_INFINITY;
  let fallBack = times.fallBackMillis;
  return (atMillis) => {
    const sinceLast = atMillis - lastDeath;
    lastDeath = atMillis;
    if (sinceLast > times.windowMillis + fallBack) fallBack = times.fallBackMillis;
    if (sinceLast > times.windowMillis) return { kind: 'restart', afterMillis: times.restartAfterMillis };
    const forMillis = fallBack;
    fallBack = Math.min(times.longestFallBackMillis, fallBack * 2);
    return { kind: 'fall-back', forMillis };
  };
}
