import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SceneOnScreen } from '../../src/canvas/scene-on-screen.ts';
import { nodeOf, openBrowser, openPage, type Served, serve, settledScene } from './open-page.ts';
import { shopReports } from './shop.ts';

describe('a picture that keeps its places', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  const withShop = async (run: (served: Served, page: Page) => Promise<void>): Promise<void> => {
    const served = await serve();
    try {
      await served.report(shopReports({ at: Date.now() }));
      const { page, context, complaints } = await openPage(browser, `${served.url}/#/containers`);
      await run(served, page);
      expect(complaints.list).toEqual([]);
      await context.close();
    } finally {
      await served.kill();
    }
  };

  it('after a reload: nodes, layer, selection, pins and places', () =>
    withShop(async (_, page) => {
      const scene = await settledScene(page);
      const cart = nodeOf(scene, 'cart-60');
      await page.mouse.move(cart.x, cart.y);
      await page.mouse.down();
      await page.mouse.move(cart.x + 60, cart.y + 40, { steps: 4 });
      await page.mouse.up();
      const pinned = await settledScene(page, (now) => nodeOf(now, 'cart-60').isPinned);
      const shop = nodeOf(pinned, 'shop-20');
      await page.mouse.click(shop.x, shop.y);
      await page
        .getByRole('complementary', { name: 'Details' })
        .getByRole('heading', { name: 'shop-20' })
        .waitFor();
      await page.waitForURL(/node=.*pin=|pin=.*node=/);
      const before = await settledScene(page);
      await page.reload();
      const after = await settledScene(page, ({ nodes }) => nodes.length === before.nodes.length);
      expect(placesOf(after)).toEqual(placesOf(before));
      expect(nodeOf(after, 'cart-60').isPinned).toBe(true);
      await page
        .getByRole('complementary', { name: 'Details' })
        .getByRole('heading', { name: 'shop-20' })
        .waitFor();
    }));

  it('when a replica comes and another goes: nobody else moves', () =>
    withShop(async (served, page) => {
      const before = await settledScene(page);
      await served.report(shopReports({ at: Date.now(), replicas: { catalogue: 3, gateway: 1 } }));
      const after = await settledScene(
        page,
        ({ nodes }) =>
          nodes.some(({ label }) => label === 'catalogue-82') &&
          nodes.every(({ label }) => label !== 'gateway-1'),
      );
      const was = new Map(before.nodes.map(({ id, place }) => [id, place]));
      for (const { id, label, place } of after.nodes) {
        const old = was.get(id);
        if (old === undefined) continue;
        expect(Math.hypot(place.x - old.x, place.y - old.y), label).toBeLessThanOrEqual(30);
      }
    }));

  it('paused: the picture stands, and goes on when it is live again', () =>
    withShop(async (served, page) => {
      await settledScene(page);
      await page.keyboard.press('p');
      await served.report(shopReports({ at: Date.now(), replicas: { gateway: 4 } }));
      // The news are counted while the picture stands.
      await page
        .getByRole('banner')
        .getByRole('button', { name: /paused|resume|\d/i })
        .filter({ hasText: /\d/ })
        .last()
        .waitFor();
      const still = await settledScene(page);
      expect(still.nodes.filter(({ label }) => label.startsWith('gateway'))).toHaveLength(2);
      await page.keyboard.press('p');
      await settledScene(
        page,
        ({ nodes }) => nodes.filter(({ label }) => label.startsWith('gateway')).length === 4,
      );
    }));

  it('when the server goes: greyed and dated; when it is back: on without a reload and without a jump', async () => {
    let served = await serve();
    try {
      await served.report(shopReports({ at: Date.now() }));
      const { page, context } = await openPage(browser, `${served.url}/#/containers`);
      const before = await settledScene(page);
      await page.evaluate(() => Object.assign(globalThis, { notReloaded: true }));
      await served.kill();
      await page
        .getByText(/server (is )?gone|server (is )?away|no answer|cut off|not connected/i)
        .first()
        .waitFor();
      const gone = await settledScene(page);
      expect(placesOf(gone)).toEqual(placesOf(before));
      served = await serve(['app'], served.port);
      await served.report(shopReports({ at: Date.now() }));
      await page.getByRole('banner').getByText('Live', { exact: true }).waitFor({ timeout: 45_000 });
      const back = await settledScene(page);
      expect(placesOf(back)).toEqual(placesOf(before));
      expect(await page.evaluate(() => 'notReloaded' in globalThis)).toBe(true);
      await context.close();
    } finally {
      await served.kill();
    }
  });

  it('another tab of the same link shows the same nodes', () =>
    withShop(async (_, page) => {
      await page.getByRole('combobox', { name: 'Add a filter' }).fill('label.team = acme');
      await page.keyboard.press('Enter');
      await settledScene(page, ({ nodes }) => nodes.length === 11);
      await page.waitForURL(/filter=/);
      const other = await openPage(browser, page.url());
      const same = await settledScene(other.page, ({ nodes }) => nodes.length === 11);
      expect(same.nodes.every(({ label }) => !label.startsWith('redis'))).toBe(true);
      await other.context.close();
    }));
});

function placesOf({ nodes }: SceneOnScreen): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    nodes.map(({ id, place }) => [id, { x: Math.round(place.x), y: Math.round(place.y) }]),
  );
}
