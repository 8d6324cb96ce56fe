import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage, serve, settledScene } from './open-page.ts';
import { shopReports } from './shop.ts';

/** A config with a source that reports once and then never again. */
const SILENT_SOURCE = `
import { definePlugin, defineSource, makeReport, TopologyBuilder, useSource } from '@ridgeline/core';
import { defineConfig } from '@ridgeline/runtime';
import { hostId, hostName } from '@ridgeline/vocabulary';
import { concat, NEVER, of } from 'rxjs';
import * as z from 'zod';

const lamp = defineSource({
  name: 'lamp',
  description: 'shines once',
  produces: ['host'],
  options: z.strictObject({}),
  interval: () => 200,
  connect: (_, { host, now, symbols }) => {
    const at = now();
    const hosts = new TopologyBuilder('host', symbols(), at);
    hosts.set(hosts.row(hostId.encode('lighthouse')), hostName, 'lighthouse');
    const report = makeReport({
      origin: { source: 'lamp', host },
      symbols: hosts.symbols,
      window: { from: at - 200, to: at },
      topologies: [hosts.build()],
    });
    return concat(of(report), NEVER);
  },
});

export default defineConfig({
  sources: { procfs: false, ebpf: false, conntrack: false },
  plugins: [definePlugin({ name: 'lamps', contribute: () => ({ sources: [useSource(lamp, {})] }) })],
});
`;

describe('what the page says when there is little to show', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it('no data yet: what is missing, and which command helps; then the first report', async () => {
    const served = await serve();
    try {
      const { page, context } = await openPage(browser, served.url);
      await page
        .getByRole('main')
        .getByText(/ridgeline /)
        .first()
        .waitFor();
      await served.report(shopReports({ at: Date.now() }));
      await settledScene(page, ({ nodes }) => nodes.length > 0);
      await context.close();
    } finally {
      await served.kill();
    }
  });

  it('a view that does not exist: which ones do', async () => {
    const served = await serve();
    try {
      await served.report(shopReports({ at: Date.now() }));
      const { page, context } = await openPage(browser, `${served.url}/#/contaners`);
      await page
        .getByRole('main')
        .getByText(/contaners/)
        .first()
        .waitFor();
      await page
        .getByRole('main')
        .getByRole('button', { name: /Containers/ })
        .first()
        .click();
      const scene = await settledScene(page, ({ view }) => view === 'containers');
      expect(scene.nodes).toHaveLength(16);
      await context.close();
    } finally {
      await served.kill();
    }
  });

  it('while the server takes its time: that it is asked, and whom', async () => {
    const served = await serve();
    try {
      await served.report(shopReports({ at: Date.now() }));
      const { page, context } = await openPage(browser, 'about:blank');
      let answer = (): void => undefined;
      const asked = new Promise<void>((resolve) => {
        answer = resolve;
      });
      await page.route('**/api/v1/views', async (route) => {
        await asked;
        await route.continue();
      });
      await page.goto(served.url);
      await page
        .getByRole('main')
        .getByText(/Connecting/)
        .waitFor();
      answer();
      await settledScene(page, ({ nodes }) => nodes.length > 0);
      await context.close();
    } finally {
      await served.kill();
    }
  });

  it('a link whose filter is none: what is wrong with it, and the way out', async () => {
    const served = await serve();
    try {
      await served.report(shopReports({ at: Date.now() }));
      const { page, context } = await openPage(
        browser,
        `${served.url}/#/containers?filter=${encodeURIComponent('docker.stat = running')}`,
      );
      const main = page.getByRole('main');
      await main
        .getByText(/docker\.stat/)
        .first()
        .waitFor();
      await main.getByRole('button', { name: 'Without my filters and options' }).click();
      await settledScene(page, ({ nodes }) => nodes.length === 16);
      await context.close();
    } finally {
      await served.kill();
    }
  });

  it('what is lost is told apart from what is filtered, and by whom', async () => {
    const served = await serve();
    try {
      await served.report(shopReports({ at: Date.now(), lost: 1204 }));
      const { page, context } = await openPage(browser, `${served.url}/#/containers`);
      await settledScene(page);
      const banner = page.getByRole('status', { name: 'Missing facts' });
      await banner.getByText('shop lost 1,204 events on node-1').waitFor();
      await page
        .getByRole('navigation', { name: 'Filters' })
        .getByText(/4 filtered/)
        .waitFor();
      await banner.getByRole('button', { name: /Sources|more/ }).click();
      const sources = page.getByRole('complementary', { name: 'Sources' });
      await sources
        .getByRole('region', { name: 'Lost' })
        .getByText(/1,204 events/)
        .waitFor();
      await page.keyboard.press('Escape');
      await banner.getByRole('button', { name: 'Dismiss' }).click();
      await banner.getByText(/lost/).waitFor({ state: 'hidden' });
      await context.close();
    } finally {
      await served.kill();
    }
  });

  it('a source that falls silent: which, and the picture stays', async () => {
    const served = await serve(['up'], 0, { 'ridgeline.config.mjs': SILENT_SOURCE });
    try {
      const { page, context, complaints } = await openPage(browser, `${served.url}/#/hosts?orphans=keep`);
      const banner = page.getByRole('status', { name: 'Missing facts' });
      await banner.getByText(/lamp.* has sent nothing for a while/).waitFor();
      const scene = await settledScene(page);
      expect(scene.nodes.map(({ label }) => label)).toEqual(['lighthouse']);
      await banner.getByRole('button', { name: 'Sources' }).click();
      await page
        .getByRole('complementary', { name: 'Sources' })
        .getByRole('region', { name: /^Source lamp/ })
        .getByText('stale')
        .waitFor();
      expect(complaints.list).toEqual([]);
      await context.close();
    } finally {
      await served.kill();
    }
  });

  it('this machine, live: its processes, as `ridgeline up` sees them', async () => {
    const served = await serve(['up', '--source', 'procfs:every=500']);
    try {
      const { page, context, complaints } = await openPage(browser, `${served.url}/#/processes?orphans=keep`);
      const scene = await settledScene(page, ({ nodes }) => nodes.length > 0);
      expect(scene.nodes.some(({ id }) => id.endsWith(`;${process.pid}`))).toBe(true);
      expect(complaints.list).toEqual([]);
      await context.close();
    } finally {
      await served.kill();
    }
  });
});
