import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SceneOnScreen } from '../../src/canvas/scene-on-screen.ts';
import { nodeOf, openBrowser, openPage, type Served, serve, settledScene } from './open-page.ts';
import { shopReports } from './shop.ts';

describe('the picture in somebody’s hands', () => {
  let served: Served;
  let browser: Browser;
  let page: Page;
  let complaints: readonly string[];
  let first: SceneOnScreen;

  beforeAll(async () => {
    served = await serve();
    browser = await openBrowser();
    await served.report(shopReports({ at: Date.now() }));
  });
  afterAll(async () => {
    await browser?.close();
    await served?.kill();
  });
  beforeEach(async () => {
    const opened = await openPage(browser, `${served.url}/#/containers`);
    page = opened.page;
    complaints = opened.complaints.list;
    first = await settledScene(page);
  });
  afterEach(async () => {
    await page.context().close();
    expect(complaints).toEqual([]);
  });

  const drag = async (from: { x: number; y: number }, dx: number, dy: number): Promise<void> => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + dx, from.y + dy, { steps: 4 });
    await page.mouse.up();
  };
  const isNear = (a: { x: number; y: number }, b: { x: number; y: number }): boolean =>
    Math.hypot(a.x - b.x, a.y - b.y) < 2;

  it('is moved by its ground, and fitted again', async () => {
    const ground = { x: 700, y: 845 };
    const was = nodeOf(first, 'shop-20');
    await drag(ground, 60, -40);
    await settledScene(page, (now) => isNear(nodeOf(now, 'shop-20'), { x: was.x + 60, y: was.y - 40 }));
    await page.getByRole('button', { name: /^Fit/ }).click();
    await settledScene(page, (now) => isNear(nodeOf(now, 'shop-20'), was));
  });

  it('comes nearer by wheel, around the pointer; by buttons and keys', async () => {
    const shop = nodeOf(first, 'shop-20');
    await page.mouse.move(shop.x, shop.y);
    await page.mouse.wheel(0, -300);
    const near = await settledScene(page, ({ zoom }) => zoom > first.zoom * 1.2);
    expect(isNear(nodeOf(near, 'shop-20'), shop)).toBe(true);
    await page.getByRole('button', { name: /^Farther/ }).click();
    await settledScene(page, ({ zoom }) => zoom < near.zoom);
    await page.getByRole('button', { name: /^Nearer/ }).click();
    await settledScene(page, ({ zoom }) => Math.abs(zoom - near.zoom) < 0.01);
    await page.keyboard.press('-');
    await settledScene(page, ({ zoom }) => zoom < near.zoom - 0.01);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('f');
    await settledScene(page, (now) => isNear(nodeOf(now, 'shop-20'), shop));
  });

  it('a double click goes near to a node, one on the ground shows all again', async () => {
    const { x, y } = nodeOf(first, 'postgres-180');
    await page.mouse.dblclick(x, y);
    await page
      .getByRole('complementary', { name: 'Details' })
      .getByRole('heading', { name: 'postgres-180' })
      .waitFor();
    const near = await settledScene(page, ({ zoom }) => zoom >= 1.1);
    const node = nodeOf(near, 'postgres-180');
    expect(node.x).toBeGreaterThan(0);
    expect(node.x).toBeLessThan(1400);
    await page.keyboard.press('f');
    await settledScene(page, ({ zoom }) => zoom < near.zoom || zoom <= first.zoom);
  });

  it('a node is pinned where it is dropped; unpinned by key and by double click; Tidy forgets places, not pins', async () => {
    const cart = nodeOf(first, 'cart-60');
    await drag(cart, 50, 70);
    const pinned = await settledScene(page, (now) => nodeOf(now, 'cart-60').isPinned);
    const place = nodeOf(pinned, 'cart-60').place;
    await page.waitForURL(/pin=/);
    await page.getByRole('button', { name: /^Tidy/ }).click();
    const tidied = await settledScene(page);
    expect(isNear(nodeOf(tidied, 'cart-60').place, place)).toBe(true);
    const again = nodeOf(tidied, 'cart-60');
    await page.mouse.click(again.x, again.y);
    await page
      .getByRole('complementary', { name: 'Details' })
      .getByRole('heading', { name: 'cart-60' })
      .waitFor();
    await page.keyboard.press('u');
    const free = await settledScene(page, (now) => !nodeOf(now, 'cart-60').isPinned);
    await page.keyboard.press('Escape');
    await drag(nodeOf(free, 'cart-60'), 40, 40);
    const second = nodeOf(await settledScene(page, (now) => nodeOf(now, 'cart-60').isPinned), 'cart-60');
    await page.mouse.dblclick(second.x, second.y);
    await settledScene(page, (now) => !nodeOf(now, 'cart-60').isPinned);
  });

  it('what one points at shows a hand, and lights its neighbourhood', async () => {
    const canvas = page.locator('canvas').first();
    const cursor = (): Promise<string> =>
      canvas.evaluate((element) => (element as unknown as { style: { cursor: string } }).style.cursor);
    const before = await canvas.screenshot();
    const shop = nodeOf(first, 'shop-20');
    await page.mouse.move(shop.x, shop.y);
    await expect.poll(cursor).toBe('pointer');
    await expect.poll(async () => (await canvas.screenshot()).equals(before)).toBe(false);
    await page.mouse.move(700, 845);
    await expect.poll(cursor).toBe('');
    await expect.poll(async () => (await canvas.screenshot()).equals(before)).toBe(true);
  });

  it('dark and light: by button and by key, kept over a reload', async () => {
    const theme = (): Promise<unknown> => page.evaluate('document.documentElement.dataset.theme');
    expect(await theme()).toBe('light');
    const light = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    await page.getByRole('button', { name: 'Dark colours (d)' }).click();
    await expect.poll(theme).toBe('dark');
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).not.toBe(light);
    await page.reload();
    await settledScene(page);
    expect(await theme()).toBe('dark');
    await page.keyboard.press('d');
    await expect.poll(theme).toBe('light');
  });

  it('the group of a node is folded and unfolded by key', async () => {
    const { x, y } = nodeOf(first, 'shop-20');
    await page.mouse.click(x, y);
    await page.getByRole('complementary', { name: 'Details' }).waitFor();
    await page.keyboard.press('c');
    const folded = await settledScene(page, ({ nodes }) => nodes.length < first.nodes.length);
    await page.waitForURL(/folded=.*group=|group=.*folded=/);
    expect(folded.nodes.some(({ label }) => label === 'shop-20')).toBe(false);
    await page.keyboard.press('c');
    await settledScene(page, ({ nodes }) => nodes.length === first.nodes.length);
  });

  it('glides when motion is wanted, and jumps when it is not', async () => {
    const isMovingAfter = async (reducedMotion: 'reduce' | 'no-preference'): Promise<boolean> => {
      const { page: other, context } = await openPage(browser, `${served.url}/#/containers`, {
        reducedMotion,
      });
      await settledScene(other);
      const moved = await other.evaluate(`(async () => {
        const frame = () => new Promise((done) => requestAnimationFrame(done));
        dispatchEvent(new KeyboardEvent('keydown', { key: '+' }));
        dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft' }));
        await frame();
        dispatchEvent(new KeyboardEvent('keydown', { key: 'f' }));
        return !ridgelineScene().isSettled;
      })()`);
      await settledScene(other);
      await context.close();
      return moved as boolean;
    };
    expect(await isMovingAfter('no-preference')).toBe(true);
    expect(await isMovingAfter('reduce')).toBe(false);
  });
});
