import type { Cluster } from '@ridgeline/testkit';
import type { Browser, Page } from 'playwright-core';
import type { BenchCase, Prepared } from '../../../scripts/bench/bench-case.ts';
import {
  type FleetSize,
  fleetReports,
  LARGE,
  laterFleet,
  MIDDLING,
  makeFleet,
  newcomers,
} from '../test/page/fleet.ts';
import { openBrowser, type Served, serve } from '../test/page/open-page.ts';

/**
 * Runs before the page's own scripts, and notes when data came and when the frame was done that drew their layout.
 * The page is not asked for its scene: to describe 10,000 nodes takes longer than to draw them.
 */
const STOPWATCH = `
  globalThis.stopwatch = { frames: 0, awaited: [] };
  globalThis.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', () => { stopwatch.data ??= performance.now(); });
    }
  };
  const afterFrame = (then) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = then;
    port2.postMessage(0);
  });
  globalThis.Worker = class extends Worker {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({ data: { layout } }) => {
        if (layout.places.size === 0) return;
        const isAwaited = stopwatch.awaited.every((id) => layout.places.has(id));
        afterFrame(() => {
          stopwatch.picture ??= performance.now();
          if (isAwaited) stopwatch.isThere = true;
        });
      });
    }
  };
`;

interface Stage {
  /** Milliseconds of the longest commits. */
  readonly commits: number[];
  readonly served: Served;
  readonly browser: Browser;
  readonly page: Page;
  readonly url: string;
  fleet: Cluster;
}

async function openStage(size: FleetSize): Promise<Stage> {
  const served = await serve();
  const browser = await openBrowser();
  const fleet = makeFleet(size);
  await served.report(fleetReports(fleet));
  const url = `${served.url}/#/processes`;
  return { commits: [], served, browser, page: await openWatched(browser, url), url, fleet };
}

/** A page that shows its first picture. */
async function openWatched(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1400, height: 900 },
    // Else waiting for a condition, which evaluates text, is refused.
    bypassCSP: true,
  });
  const page = await context.newPage();
  await page.addInitScript(STOPWATCH);
  await page.goto(url);
  await page.waitForFunction('stopwatch.picture !== undefined');
  return page;
}

function onStage(
  size: FleetSize,
  asked: string,
  measure: (stage: Stage) => Promise<number>,
): () => Promise<Prepared> {
  return async () => {
    const stage = await openStage(size);
    return {
      samples: 5,
      sample: () => measure(stage),
      note: () => {
        const commit =
          stage.commits.length === 0 ? '' : `; commits up to ${Math.max(...stage.commits).toFixed(0)} ms`;
        return `${size.nodes} nodes, ${size.connections} connections; asked: ${asked}${commit}`;
      },
      dispose: async () => {
        await stage.browser.close();
        await stage.served.kill();
      },
    };
  };
}

/** From the first message with data to the end of the frame that shows them, in milliseconds. */
async function timeFirstPicture({ browser, url }: Stage): Promise<number> {
  const page = await openWatched(browser, url);
  const taken = await page.evaluate('stopwatch.picture - stopwatch.data');
  await page.context().close();
  return taken as number;
}

/**
 * The longest task of the main thread while 1 % of the connections become others, in milliseconds. Commits are left out and
 * told in the note: there the thread waits for others to raster what was drawn, which takes long without a graphics card.
 */
async function timeDelta(stage: Stage): Promise<number> {
  const { browser, page, served } = stage;
  const later = laterFleet(stage.fleet);
  await page.evaluate(
    `stopwatch.isThere = false; stopwatch.awaited = ${JSON.stringify(newcomers(stage.fleet, later))}`,
  );
  stage.fleet = later;
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline', 'toplevel'] });
  await served.report(fleetReports(later));
  await page.waitForFunction('stopwatch.isThere');
  const { task, commit } = longestTask(await browser.stopTracing());
  stage.commits.push(commit);
  return task;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds, as `dur`. */
  readonly ts: number;
  readonly dur?: number;
  readonly args?: { readonly name?: string };
}

/** In milliseconds, of the threads that run pages: a trace tells which they are. */
function longestTask(trace: Buffer): { readonly task: number; readonly commit: number } {
  const { traceEvents } = JSON.parse(trace.toString('utf8')) as {
    readonly traceEvents: readonly TraceEvent[];
  };
  const main = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const ofMain = traceEvents.filter(({ pid, tid }) => main.has(`${pid} ${tid}`));
  const tasks = ofMain.filter(({ name }) => name === 'RunTask');
  if (tasks.length === 0) throw new Error('the trace has no tasks');
  const commits = ofMain.filter(({ name }) => name === 'Commit');
  const lasting = (event: TraceEvent): number => (event.dur ?? 0) / 1000;
  const own = tasks.map((task) =>
    commits
      .filter(({ pid, ts }) => pid === task.pid && ts >= task.ts && ts < task.ts + (task.dur ?? 0))
      .reduce((left, commit) => left - lasting(commit), lasting(task)),
  );
  return { task: Math.max(...own), commit: Math.max(0, ...commits.map(lasting)) };
}

/** The longest of ten frames while the picture is drawn along by the mouse, in milliseconds. */
async function timePan({ page }: Stage): Promise<number> {
  const from = { x: 700, y: 862 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const frames: number[] = [];
  for (let step = 1; step <= 10; step++) {
    await page.mouse.move(from.x - step * 12, from.y - step * 7);
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    frames.push((await page.evaluate('ridgelineScene().frameMillis')) as number);
  }
  await page.mouse.up();
  await page.keyboard.press('f');
  return Math.max(...frames);
}

export const benches: readonly BenchCase[] = [
  { name: 'page/10k/first-picture', prepare: onStage(LARGE, '≤ 2000 ms', timeFirstPicture) },
  { name: 'page/10k/pan', prepare: onStage(LARGE, '≤ 50 ms a frame', timePan) },
  { name: 'page/10k/delta', prepare: onStage(LARGE, '≤ 200 ms of the main thread at a time', timeDelta) },
  { name: 'page/500/first-picture', prepare: onStage(MIDDLING, '≤ 300 ms', timeFirstPicture) },
  { name: 'page/500/delta', prepare: onStage(MIDDLING, '≤ 16 ms of the main thread at a time', timeDelta) },
];
