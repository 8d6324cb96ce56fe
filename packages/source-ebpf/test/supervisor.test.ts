import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClockOffset } from '../src/clock-offset.ts';
import { startConnectionFeed } from '../src/connection-feed.ts';
import { diagnose, superviseChild } from '../src/index.ts';
import { createPace } from '../src/poll-pace.ts';
import { createRestartPolicy, RESTART_TIMES } from '../src/restart-policy.ts';
import { describeFailures } from '../src/status.ts';
import { until } from './kernel-harness.ts';
import { lawRuns } from './law-runs.ts';

/** A child that says these things and then waits. */
const saying = (...messages: readonly string[]): readonly string[] => [
  process.execPath,
  '-e',
  `${messages.map((message) => `process.send(${message});`).join('')} setInterval(() => {}, 1000); process.on('disconnect', () => process.exit())`,
];
const READY = `{ type: 'ready', chains: [], inFirstPidNamespace: true }`;
const QUICK = {
  windowMillis: 60_000,
  restartAfterMillis: 10,
  fallBackMillis: 60_000,
  longestFallBackMillis: 60_000,
};

describe('the supervisor', () => {
  it('takes damaged records for a fault of the child: killed, started again, and given up for a while', async () => {
    const reasons: string[] = [];
    const feed = startConnectionFeed({
      ringBytes: 65_536,
      avoid: [],
      wrapper: saying(READY, `{ type: 'records', bytes: new Uint8Array(5) }`),
      restartTimes: QUICK,
      snapshotEveryMillis: 60_000,
      onWhole: () => {},
      onState: (state) => {
        if ('reason' in state) reasons.push(`${state.kind}: ${state.reason}`);
      },
    });
    await until(() => reasons.length === 2, 'two deaths');
    const damaged = 'a run of records is damaged: 5 bytes are no whole number of records';
    expect(reasons).toEqual([`restarting: ${damaged}`, `fallen-back: ${damaged}`]);
    await feed.stop();
  }, 30_000);

  it('keeps the last words of a child that ends by itself', async () => {
    const reasons: string[] = [];
    const supervisor = superviseChild(
      {
        ringBytes: 65_536,
        avoid: [],
        wrapper: ['sh', '-c', 'echo "it broke here" >&2; exit 3'],
        restartTimes: QUICK,
      },
      {
        onReport: () => {},
        onState: (state) => {
          if ('reason' in state) reasons.push(state.reason);
        },
      },
    );
    await until(() => reasons.length === 2, 'two deaths');
    expect(reasons[0]).toBe('it ended with code 3: it broke here');
    await supervisor.stop();
  }, 30_000);

  it('diagnoses once and leaves', async () => {
    const state = await diagnose({ ringBytes: 65_536, avoid: [], wrapper: saying(READY) });
    expect(state).toMatchObject({ kind: 'running', chains: [] });
    const why = `{ type: 'unable', reason: 'no BPF', chains: [] }`;
    expect(await diagnose({ ringBytes: 65_536, avoid: [], wrapper: saying(why) })).toEqual({
      kind: 'unable',
      reason: 'no BPF',
      chains: [],
    });
  }, 30_000);
});

describe('the restart policy', () => {
  it('law S1: two deaths within the window fall back, others restart; a rest never shrinks within bad times nor passes the bound', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200_000 }), { maxLength: 20 }), (gaps) => {
        const decide = createRestartPolicy();
        let now = 0;
        let rest = 0;
        for (const [index, gap] of gaps.entries()) {
          now += gap;
          const decision = decide(now);
          const isSecond = index > 0 && gap <= RESTART_TIMES.windowMillis;
          if (decision.kind !== (isSecond ? 'fall-back' : 'restart')) return false;
          if (decision.kind === 'restart') continue;
          if (decision.forMillis > RESTART_TIMES.longestFallBackMillis) return false;
          const isCalm = gaps.slice(0, index + 1).some((each) => each > 2 * RESTART_TIMES.windowMillis);
          if (!isCalm && decision.forMillis < rest) return false;
          rest = decision.forMillis;
        }
        return true;
      }),
      lawRuns,
    );
  });
});

it('the pause between looks is as long as the ring allows at the pace at which it fills', () => {
  const large = createPace(1 << 23);
  expect(large(0)).toBe(100);
  expect(large(100_000)).toBe(100);
  // 1 MiB in 100 ms: a sixteenth of the ring takes half of that.
  expect(large(1 << 20)).toBe(50);
  expect(large(1 << 23)).toBe(10);
  expect(large(0)).toBe(100);
  const small = createPace(1 << 16);
  expect(small(0)).toBe(10);
});

it('the offset between the clocks does not tremble, and follows a clock that was set', () => {
  const offset = createClockOffset();
  expect(offset(1000.4, 100)).toBe(900);
  expect(offset(2003.9, 1100)).toBe(900);
  expect(offset(10_000, 1200)).toBe(8800);
});

it('failed connections are told in words', () => {
  const failure = {
    pid: 7,
    command: 'curl',
    networkNamespace: 1,
    localAddress: '::1',
    remoteAddress: '::1',
    remotePort: 80,
    errno: 111,
    triedMillis: 1,
    failedMillis: 2,
  };
  expect(describeFailures(3, [failure])).toEqual({
    failedConnections: 3,
    lastFailure: 'curl (7) to [::1]:80: ECONNREFUSED, the peer refused the connection',
  });
  expect(describeFailures(0, [])).toEqual({ failedConnections: 0 });
});
