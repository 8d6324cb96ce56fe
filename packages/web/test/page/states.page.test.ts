import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage, serve, settledScene } from './open-page.ts';
import { shopReports } from './shop.ts';

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
