import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { nodeOf, settledScene } from './open-page.ts';
import { shopPage } from './shop-page.ts';

describe('what can be selected', () => {
  const shop = shopPage();
  let page: Page;
  beforeEach(() => {
    page = shop.page;
  });

  const detailsOf = (label: string | RegExp): ReturnType<Page['getByRole']> =>
    page.getByRole('complementary', { name: 'Details' }).getByRole('heading', { name: label });

  it('a node: its metrics with their course, what it is, its connections, children, parents, tables', async () => {
    const node = nodeOf(await settledScene(page), 'shop-20');
    await page.mouse.click(node.x, node.y);
    const details = page.getByRole('complementary', { name: 'Details' });
    await details.getByRole('heading', { name: 'shop-20' }).waitFor();
    await details.getByRole('img', { name: /CPU: now .* 30 samples/ }).waitFor();
    await details.getByText('acme/shop:1.4').first().waitFor();
    expect(await details.getByRole('region', { name: 'Outbound' }).getByRole('row').count()).toBe(6);
    await details.getByRole('region', { name: 'Processes' }).getByText('1020').first().waitFor();
    await details.getByRole('heading', { name: 'Docker labels' }).waitFor();
    // A peer is a step away.
    await details
      .getByRole('region', { name: 'Inbound' })
      .getByRole('button', { name: /^gateway-1/ })
      .click();
    await details.getByRole('heading', { name: 'gateway-1' }).waitFor();
    await page.goBack();
    await details.getByRole('heading', { name: 'shop-20' }).waitFor();
  });

  it('a node as a filter: only it is left', async () => {
    const node = nodeOf(await settledScene(page), 'shop-20');
    await page.mouse.click(node.x, node.y);
    const details = page.getByRole('complementary', { name: 'Details' });
    await details.getByRole('button', { name: 'Only this' }).click();
    await settledScene(page, ({ nodes }) => nodes.length === 1);
  });

  it('an edge: its connections by port, and who saw them', async () => {
    const scene = await settledScene(page);
    const from = nodeOf(scene, 'gateway-0').id;
    const to = nodeOf(scene, 'shop-20').id;
    const edge = scene.edges.find((candidate) => candidate.from === from && candidate.to === to);
    if (edge === undefined) throw new Error('no such edge');
    await page.mouse.click(edge.x, edge.y);
    const panel = page.getByRole('complementary', { name: 'Connection' });
    await panel.getByRole('cell', { name: '8080' }).waitFor();
    await panel.getByRole('region', { name: 'Who saw it' }).getByText('4 connections').waitFor();
    await page.waitForURL(/edge=/);
    // A link to it shows it again.
    await page.reload();
    await panel.getByRole('cell', { name: '8080' }).waitFor();
  });

  it('by keyboard: the mirror of the nodes, arrow keys along edges', async () => {
    const gateway = page.getByRole('button', { name: /^gateway-0, / });
    await gateway.focus();
    await page.keyboard.press('Enter');
    await page
      .getByRole('complementary', { name: 'Details' })
      .getByRole('heading', { name: 'gateway-0' })
      .waitFor();
    await gateway.focus();
    await page.keyboard.press('ArrowRight');
    const focused = await page.locator(':focus').textContent();
    expect(focused).toMatch(/^(shop|search)-/);
  });

  it('by search: what matches stands out, Enter goes there', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('postgres');
    await page.keyboard.press('Enter');
    await page
      .getByRole('complementary', { name: 'Details' })
      .getByRole('heading', { name: /postgres/ })
      .waitFor();
    await page.waitForURL(/search=postgres/);
  });

  it('by palette: nodes, views and commands', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('billing');
    await page
      .getByRole('option', { name: /billing/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page
      .getByRole('complementary', { name: 'Details' })
      .getByRole('heading', { name: /billing/ })
      .waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Hosts');
    await page.getByRole('option', { name: /Hosts/ }).first().waitFor();
    await page.keyboard.press('Enter');
    await settledScene(page, (scene) => scene.view === 'hosts' && scene.nodes.length === 2);
  });

  it('`?` lists the keys', async () => {
    await page.keyboard.press('?');
    const help = page.getByRole('dialog');
    await help.getByText('Tidy: lay out afresh').waitFor();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
  });

  it('in a table: sorted by any column, walked by keys', async () => {
    await page.keyboard.press('t');
    const table = page.getByRole('grid').or(page.getByRole('table')).first();
    await table.getByText('auth-100').waitFor();
    const header = table.getByRole('columnheader', { name: /Connections/ });
    await header.click();
    if ((await header.getAttribute('aria-sort')) !== 'descending') await header.click();
    const first = page.locator('tr[aria-rowindex="2"]').filter({ hasText: /^shop-/ });
    await first.click();
    await detailsOf(/^shop-/).waitFor();
  });

  it('a metric fills the nodes, groups fold into one with all their edges', async () => {
    await page.getByRole('combobox', { name: 'Fill by metric' }).selectOption({ label: 'CPU' });
    await page.waitForURL(/metric=/);
    await page.getByRole('combobox', { name: 'Group by' }).selectOption({ label: 'By container image (10)' });
    const before = await settledScene(page);
    const weight = before.edges
      .filter(
        ({ from, to }) =>
          labelOf(before.nodes, from).startsWith('gateway') && labelOf(before.nodes, to).startsWith('shop'),
      )
      .reduce((sum, edge) => sum + edge.weight, 0);
    await page.getByRole('button', { name: 'Fold each group into one' }).click();
    const folded = await settledScene(page, ({ nodes }) => nodes.length === 10);
    const edge = folded.edges.find(
      ({ from, to }) => /nginx/.test(labelOf(folded.nodes, from)) && /shop/.test(labelOf(folded.nodes, to)),
    );
    expect(edge?.weight).toBe(weight);
  });
});

function labelOf(nodes: readonly { readonly id: string; readonly label: string }[], id: string): string {
  return nodes.find((node) => node.id === id)?.label ?? '';
}
