import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { SceneOnScreen } from '../../src/canvas/scene-on-screen.ts';

const launcher = fileURLToPath(new URL('../../../cli/bin/ridgeline.mjs', import.meta.url));

/** A served page: `ridgeline app` or `ridgeline up`, in a process and a folder of its own. */
export interface Served {
  readonly url: string;
  readonly port: number;
  /** Posts reports, each in place of the one before of its host. */
  report(bodies: readonly string[], token?: string): Promise<void>;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
}

/**
 * Starts the command as a user does, on a free port of loopback unless one is given. Needs a build.
 *
 * @param files - by name: what lies in the folder in which it is started, e.g. a config
 */
export async function serve(
  args: readonly string[] = ['app'],
  port = 0,
  files: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'ridgeline-page-'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const child = spawn(process.execPath, [launcher, ...args, '--listen', `127.0.0.1:${port}`], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '' },
  });
  let text = '';
  const over = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
        if (found !== undefined) resolve(found);
      });
    }
    void over.then(() => reject(new Error(`it ended before it served:\n${text}`)));
  });
  return {
    url,
    port: Number(new URL(url).port),
    report: async (bodies, token) => {
      for (const body of bodies) {
        const answer = await fetch(`${url}/api/v1/reports`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          },
          body,
        });
        if (!answer.ok) throw new Error(`a report was refused: ${answer.status} ${await answer.text()}`);
      }
    },
    kill: async () => {
      child.kill('SIGKILL');
      await over;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Starts a browser; close it at the end. As root, Chromium runs without its sandbox only. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: programOnPath('chromium'),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}

function programOnPath(name: string): string {
  const found = (process.env.PATH ?? '')
    .split(':')
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
  if (found === undefined) throw new Error(`no ${name} on the PATH`);
  return found;
}

/** What went wrong in a page without anybody asking: errors, refused requests, requests to other places. */
export interface Complaints {
  readonly list: string[];
}

/** A page of its own, in light colours, whose complaints are gathered. */
export async function openPage(
  browser: Browser,
  url: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ readonly page: Page; readonly context: BrowserContext; readonly complaints: Complaints }> {
  const context = await browser.newContext({
    viewport: { width: 1400, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  const list: string[] = [];
  const { origin } = new URL(url);
  page.on('pageerror', (error) => list.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') list.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const to = request.url();
    if (!to.startsWith(origin) && !to.startsWith('blob:') && !to.startsWith('data:'))
      list.push(`a request to another place: ${to}`);
  });
  await page.goto(url);
  return { page, context, complaints: { list } };
}

interface ScenicWindow {
  readonly ridgelineScene?: () => SceneOnScreen;
}

/**
 * The scene as it is on the screen, once nothing moves any more and it satisfies.
 *
 * @param longestMillis - after so long it gives up, and tells what it saw last
 */
export async function settledScene(
  page: Page,
  satisfies: (scene: SceneOnScreen) => boolean = ({ nodes }) => nodes.length > 0,
  longestMillis = 20_000,
): Promise<SceneOnScreen> {
  let last: SceneOnScreen | undefined;
  const end = Date.now() + longestMillis;
  while (Date.now() < end) {
    const asked = Date.now();
    last = await page.evaluate(() => (globalThis as ScenicWindow).ridgelineScene?.());
    if (last?.isSettled === true && satisfies(last)) return last;
    // To tell a large scene keeps the page busy: most of the time it is to get on with its own work.
    await page.waitForTimeout(50 + 3 * (Date.now() - asked));
  }
  throw new Error(`no such scene: ${JSON.stringify(last)?.slice(0, 2000)}`);
}

/** The node of a label. */
export function nodeOf(scene: SceneOnScreen, label: string | RegExp): SceneOnScreen['nodes'][number] {
  const found = scene.nodes.find((node) =>
    typeof label === 'string' ? node.label === label : label.test(node.label),
  );
  if (found === undefined)
    throw new Error(`no node ${label} among ${scene.nodes.map((node) => node.label).join(', ')}`);
  return found;
}
