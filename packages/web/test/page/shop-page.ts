import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { openBrowser, openPage, type Served, serve, settledScene } from './open-page.ts';
import { shopReports } from './shop.ts';

/** The containers of a shop on a page of their own for each test; to be read within tests only. */
export interface ShopPage {
  readonly served: Served;
  readonly browser: Browser;
  readonly page: Page;
  /** What the page complained of so far; what a test expects of it may be taken away. */
  readonly complaints: string[];
}

/**
 * Serves a shop to the tests of the suite that calls it, and expects each page to have had nothing to complain of.
 *
 * @param files - by name: what lies beside the server, e.g. its config
 */
export function shopPage(files: Readonly<Record<string, string>> = {}): ShopPage {
  let served: Served | undefined;
  let browser: Browser | undefined;
  let opened: Awaited<ReturnType<typeof openPage>> | undefined;
  beforeAll(async () => {
    served = await serve(['app'], 0, files);
    browser = await openBrowser();
    await served.report(shopReports({ at: Date.now() }));
  });
  afterAll(async () => {
    await browser?.close();
    await served?.kill();
  });
  beforeEach(async () => {
    opened = await openPage(browser as Browser, `${served?.url}/#/containers`);
    await settledScene(opened.page);
  });
  afterEach(async () => {
    await opened?.context.close();
    expect(opened?.complaints.list).toEqual([]);
  });
  return {
    get served() {
      return served as Served;
    },
    get browser() {
      return browser as Browser;
    },
    get complaints() {
      return opened?.complaints.list as string[];
    },
    get page() {
      return opened?.page as Page;
    },
  };
}
