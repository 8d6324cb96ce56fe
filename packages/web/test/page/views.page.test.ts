import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { nodeOf, openPage, settledScene } from './open-page.ts';
import { shopPage } from './shop-page.ts';

describe('views, and the links to them', () => {
  const shop = shopPage();
  let page: Page;
  beforeEach(() => {
    page = shop.page;
  });

  const views = (): ReturnType<Page['getByRole']> => page.getByRole('navigation', { name: 'Views' });

  it('stand in a row, each with what it shows', async () => {
    await views()
      .getByRole('button', { name: /^Containers 16$/ })
      .waitFor();
    await views()
      .getByRole('button', { name: /^Hosts 2$/ })
      .waitFor();
    await views()
      .getByRole('button', { name: /^Processes 1\d$/ })
      .waitFor();
  });

  it('by tab, by variant, by key; back and forward', async () => {
    await views()
      .getByRole('button', { name: /^Hosts/ })
      .click();
    await settledScene(page, ({ view, nodes }) => view === 'hosts' && nodes.length === 2);
    await views()
      .getByRole('button', { name: /^Containers/ })
      .click();
    await views().getByRole('combobox', { name: 'What is one node' }).selectOption({ label: 'by image' });
    await settledScene(page, ({ view, nodes }) => view === 'containers-by-image' && nodes.length === 10);
    await page.goBack();
    await settledScene(page, ({ view }) => view === 'containers');
    await page.goBack();
    await settledScene(page, ({ view }) => view === 'hosts');
    await page.goForward();
    await settledScene(page, ({ view }) => view === 'containers');
    await page.keyboard.press(']');
    await settledScene(page, ({ view }) => view === 'hosts');
    await page.keyboard.press('[');
    await settledScene(page, ({ view }) => view === 'containers');
  });

  it('a link has all of it: filters, options, orphans, metric, grouping, folded groups, search, selection', async () => {
    const linked = await openPage(
      shop.browser,
      `${shop.served.url}/#/containers?filter=${encodeURIComponent('not name = redis-160')}&option=stopped%3Dboth` +
        '&orphans=drop&metric=docker_cpu_total_usage&by=parent%3Acontainer_image&folded=nginx%3B%3Ccontainer_image%3E' +
        '&search=shop',
    );
    const scene = await settledScene(linked.page, ({ nodes }) => nodes.length > 0);
    expect(scene.nodes.some(({ label }) => label.startsWith('redis'))).toBe(false);
    expect(scene.nodes.some(({ label }) => label.startsWith('gateway'))).toBe(false);
    expect(scene.nodes.some(({ label }) => label.includes('nginx'))).toBe(true);
    const chosen = (name: string): Promise<string> =>
      linked.page
        .getByRole('combobox', { name })
        .evaluate((select) => (select as unknown as { value: string }).value);
    expect(await chosen('Fill by metric')).toBe('docker_cpu_total_usage');
    expect(await chosen('Group by')).toBe('parent:container_image');
    expect(await linked.page.getByRole('searchbox', { name: 'Search nodes' }).inputValue()).toBe('shop');
    await linked.page.getByText('3 found').waitFor();
    await linked.page
      .getByRole('navigation', { name: 'Filters' })
      .getByText(/2 orphaned/)
      .waitFor();
    expect(linked.complaints.list).toEqual([]);
    await linked.context.close();
  });

  it('a link to the table is the table', async () => {
    const linked = await openPage(shop.browser, `${shop.served.url}/#/containers?mode=table`);
    await linked.page.getByRole('table', { name: 'Nodes' }).getByText('auth-100').waitFor();
    await linked.page.getByRole('button', { name: 'Graph' }).click();
    await settledScene(linked.page);
    await linked.context.close();
  });

  it('a clause of an option group is laid aside from its menu, with what that shows; Reset brings it back', async () => {
    const layer = page.getByRole('navigation', { name: 'Filters' });
    const option = layer.getByRole('button', { name: /^Running containers/ });
    const only = option.getByText('off → +2');
    await page.mouse.move(700, 800);
    await only.waitFor({ state: 'hidden' });
    await option.hover();
    await only.waitFor({ state: 'visible' });
    await option.click();
    await page.getByRole('menuitem', { name: /\+2/ }).click();
    await settledScene(page, ({ nodes }) => nodes.length === 18);
    await layer.getByRole('button', { name: 'Reset' }).click();
    await settledScene(page, ({ nodes }) => nodes.length === 16);
  });

  it('the table is walked by keys, and Enter opens a row', async () => {
    await page.keyboard.press('t');
    const table = page.getByRole('region', { name: /Arrow keys walk the rows/ });
    await table.getByText('auth-100').waitFor();
    await table.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    const details = page.getByRole('complementary', { name: 'Details' });
    await details.getByRole('heading', { name: 'shop-21' }).waitFor();
    await page.keyboard.press('g');
    expect(nodeOf(await settledScene(page), 'shop-21')).toBeDefined();
  });

  it('the search takes a filter, and says when it is none', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('label.team = platform');
    await page.getByText('5 found').waitFor();
    await page.getByRole('searchbox', { name: 'Search nodes' }).fill('docker.stat = running');
    await page.getByText('no such filter').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('no such filter').waitFor({ state: 'hidden' });
    // The server was asked what is wrong with it; the browser writes down each answer that is not 200.
    expect(shop.complaints.filter((complaint) => !complaint.includes('400 (Bad Request)'))).toEqual([]);
    shop.complaints.length = 0;
  });
});
