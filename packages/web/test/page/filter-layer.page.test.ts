import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { nodeOf, settledScene } from './open-page.ts';
import { shopPage } from './shop-page.ts';

describe('the filter layer', () => {
  const shop = shopPage();
  let page: Page;
  beforeEach(() => {
    page = shop.page;
  });

  const layer = (): ReturnType<Page['getByRole']> => page.getByRole('navigation', { name: 'Filters' });
  const shown = async (text: string | RegExp): Promise<void> => {
    await page.getByRole('status', { name: 'What is shown' }).filter({ hasText: text }).waitFor();
  };

  it('counts what the clauses of option groups hide, and shows it when one is chosen otherwise', async () => {
    await shown('16 of 20 nodes');
    await layer()
      .getByRole('button', { name: /^Running containers/ })
      .click();
    await page.getByRole('menuitemradio', { name: /Both/ }).click();
    await shown('18 of 20 nodes');
    const scene = await settledScene(page, ({ nodes }) => nodes.length === 18);
    expect(nodeOf(scene, /^old-import/)).toBeDefined();
    await page.waitForURL((url) => decodeURIComponent(url.hash).includes('stopped=both'));
  });

  it('lists what is hidden and by which clause, as ghosts on the canvas too', async () => {
    await layer()
      .getByRole('button', { name: /4 filtered/ })
      .click();
    const hidden = page.getByRole('complementary', { name: /filtered|hidden/i });
    await hidden.getByText('metrics-agent-200').waitFor();
    expect(await hidden.getByText('Running containers').count()).toBeGreaterThanOrEqual(2);
    await hidden.getByRole('checkbox').check();
    const scene = await settledScene(page, ({ nodes }) => nodes.length === 20);
    expect(
      scene.nodes
        .filter((node) => node.isGhost)
        .map((node) => node.label)
        .sort(),
    ).toEqual(['metrics-agent-200', 'metrics-agent-201', 'old-import-220', 'old-import-221']);
  });

  it('completes a filter from live values, adds it as a chip with its count, and takes it away', async () => {
    const input = page.getByRole('combobox', { name: 'Add a filter' });
    await input.click();
    await input.pressSequentially('label.te');
    await page
      .getByRole('option', { name: /label\.team/ })
      .first()
      .waitFor();
    await input.fill('label.team = ');
    await page
      .getByRole('option', { name: /platform/ })
      .first()
      .waitFor();
    await input.fill('label.team = platform');
    await input.press('Enter');
    await shown('5 of 20 nodes');
    const chip = layer().getByRole('button', { name: /team/ }).first();
    expect(await chip.textContent()).toContain('15');
    await page.waitForURL((url) => decodeURIComponent(url.hash).includes('filter=label.team'));
    await page.reload();
    await shown('5 of 20 nodes');
    await page
      .getByRole('button', { name: /remove/i })
      .first()
      .click();
    await shown('16 of 20 nodes');
  });

  it('says what is wrong with a filter, where, and what was meant', async () => {
    const input = page.getByRole('combobox', { name: 'Add a filter' });
    await input.fill('docker.stat = running');
    await input.press('Enter');
    const alert = layer().getByRole('alert');
    await alert.filter({ hasText: 'docker.state' }).waitFor();
    await shown('16 of 20 nodes');
    await alert.getByRole('button', { name: /docker\.state/ }).click();
    expect(await input.inputValue()).toBe('docker.state = running');
  });

  it('says which clause to drop when nothing matches', async () => {
    const input = page.getByRole('combobox', { name: 'Add a filter' });
    await input.fill('name = nobody');
    await input.press('Enter');
    await shown('0 of 20 nodes');
    const main = page.getByRole('main');
    await main
      .getByText(/nothing/i)
      .first()
      .waitFor();
    await main
      .getByRole('button', { name: /nobody/ })
      .first()
      .click();
    await shown('16 of 20 nodes');
  });

  it('shows everything when the layer is cleared', async () => {
    await layer().getByRole('button', { name: /Clear/ }).click();
    await shown(/20/);
    await settledScene(page, ({ nodes }) => nodes.length === 20);
  });

  it('drops unconnected nodes, and counts them apart', async () => {
    await layer()
      .getByRole('button', { name: /^Running containers/ })
      .click();
    await page.getByRole('menuitemradio', { name: /Both/ }).click();
    await shown('18 of 20 nodes');
    await page.keyboard.press('Escape');
    await layer()
      .getByRole('button', { name: /Unconnected/ })
      .click();
    await page.getByRole('menuitemradio', { name: 'Hide all that is unconnected' }).click();
    await shown('16 of 20 nodes');
    await layer()
      .getByText(/2 orphaned/)
      .waitFor();
  });
});
