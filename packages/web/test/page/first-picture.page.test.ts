import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeOf, openBrowser, openPage, type Served, serve, settledScene } from './open-page.ts';
import { shopReports } from './shop.ts';

describe('the page', () => {
  let served: Served;
  let browser: Browser;

  beforeAll(async () => {
    served = await serve();
    browser = await openBrowser();
    await served.report(shopReports({ at: Date.now() }));
  });

  afterAll(async () => {
    await browser?.close();
    await served?.kill();
  });

  it('shows the containers of a shop, clients to the left of servers, and asks nobody else', async () => {
    const { page, context, complaints } = await openPage(browser, `${served.url}/#/containers`);
    const scene = await settledScene(page);
    expect(nodeOf(scene, /^gateway/).x).toBeLessThan(nodeOf(scene, /^shop/).x);
    expect(nodeOf(scene, /^shop/).x).toBeLessThan(nodeOf(scene, /^cart/).x);
    expect(complaints.list).toEqual([]);
    await context.close();
  });
});
