import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { openBrowser, openPage, serve, settledScene } from './open-page.ts';
import { shopReports } from './shop.ts';
import { shopPage } from './shop-page.ts';

/** A config with filters of its own, and a plugin with a view that the page knows nothing of. */
const CONFIG = `
import { definePlugin, defineRenderer, defineTopology, defineView, group, taggedId, test } from '@ridgeline/core';
import { containers } from '@ridgeline/renderers-builtin';
import { defineConfig } from '@ridgeline/runtime';
import { containerState, DOCKER_LABEL } from '@ridgeline/vocabulary';

const squadId = taggedId('squad');
const squad = defineTopology({
  name: 'squad',
  templates: {
    shape: 'octagon',
    label: 'squad',
    labelPlural: 'squads',
    metadata: [{ id: 'container', label: 'Strength', from: 'counters', dataType: 'number', priority: 1 }],
  },
  appearance: (node, { countOf }) => ({
    label: 'Squad ' + (squadId.decode(node.id)?.[0] ?? node.id),
    labelMinor: countOf('container', node.count('container')),
    rank: 'squad',
    stack: true,
  }),
  view: 'squads',
  members: { label: 'Squads' },
});
const squads = defineRenderer({
  name: 'squads',
  plan: group(containers.plan, {
    into: 'squad',
    by: (container) => squadId.encode(container.raw(DOCKER_LABEL + 'team') ?? 'nobody'),
  }),
  declares: { monotone: false },
});
const shift = {
  id: 'shift',
  default: 'all',
  selectType: 'one',
  values: [
    { value: 'all', label: 'All shifts' },
    { value: 'resting', label: 'Resting shift', clauses: [{ expr: test(containerState.field, '=', 'exited') }] },
  ],
};

export default defineConfig({
  plugins: [
    definePlugin({
      name: 'squads',
      contribute: () => ({
        topologies: [squad],
        renderers: [squads],
        views: [
          defineView({ name: 'squads', label: 'Squads', renderer: squads, site: containers.plan, options: [shift] }),
        ],
      }),
    }),
  ],
  filters: {
    acme: 'label.team = acme',
    team: { parameters: ['name'], where: 'label.team = $name' },
  },
  views: { containers: { filters: [{ where: 'not name ~ "redis"', name: 'no caches' }] } },
});
`;

describe('what a config brings', () => {
  const shop = shopPage({ 'ridgeline.config.mjs': CONFIG });
  let page: Page;
  beforeEach(() => {
    page = shop.page;
  });

  const layer = (): ReturnType<Page['getByRole']> => page.getByRole('navigation', { name: 'Filters' });

  it('a clause of the config is a chip, and can be laid aside', async () => {
    await settledScene(page, ({ nodes }) => nodes.length === 15);
    const chip = layer().getByRole('button', { name: /^no caches/ });
    await expect.poll(() => chip.textContent()).toContain('1');
    await chip.click();
    await settledScene(page, ({ nodes }) => nodes.length === 16);
  });

  it('a named filter is added by its name, and one with parameters is handed over to be completed', async () => {
    await layer()
      .getByRole('button', { name: /^Named/ })
      .click();
    await page.getByRole('menuitem', { name: /^acme/ }).click();
    await settledScene(page, ({ nodes }) => nodes.length === 11);
    await page.waitForURL((url) => decodeURIComponent(url.hash).includes('filter=acme'));
    await layer()
      .getByRole('button', { name: /^Named/ })
      .click();
    await page.getByRole('menuitem', { name: /^team\(/ }).click();
    const input = page.getByRole('combobox', { name: 'Add a filter' });
    await expect.poll(() => input.inputValue()).toBe('team(');
    await input.fill('team(platform)');
    await input.press('Enter');
    await page.getByRole('main').getByText('Nothing matches').waitFor();
  });

  it('a plugin’s view has its tab, options, columns and details', async () => {
    await page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('button', { name: /^Squads/ })
      .click();
    const scene = await settledScene(page, ({ view, nodes }) => view === 'squads' && nodes.length > 0);
    expect(scene.nodes.map(({ label }) => label).sort()).toEqual(['Squad acme', 'Squad platform']);
    await page.keyboard.press('t');
    const table = page.getByRole('table', { name: 'Nodes' });
    await table.getByRole('columnheader', { name: /Strength/ }).waitFor();
    await table.getByText('Squad acme').click();
    const details = page.getByRole('complementary', { name: 'Details' });
    await details.getByRole('heading', { name: 'Squad acme' }).waitFor();
    await details.getByText('Strength').first().waitFor();
    await details.getByRole('region', { name: 'Containers' }).getByText('shop-20').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await layer()
      .getByRole('button', { name: /^All shifts/ })
      .click();
    await page.getByRole('menuitemradio', { name: 'Resting shift' }).click();
    await settledScene(page, ({ nodes }) => nodes.length === 1 && nodes[0]?.label === 'Squad acme');
    await page.waitForURL((url) => decodeURIComponent(url.hash).includes('option=shift=resting'));
  });
});

describe('a server that wants a token', () => {
  it('is asked for by a form, checked, and kept for the tab', async () => {
    const served = await serve(['app', '--tokens', 'tokens'], 0, {
      tokens: 'viewer=only-to-look-at-it-0123456789\noperator=to-send-reports-in-0123456789\n',
    });
    const browser = await openBrowser();
    try {
      await served.report(shopReports({ at: Date.now() }), 'to-send-reports-in-0123456789');
      const { page } = await openPage(browser, `${served.url}/#/containers`);
      const form = page.getByRole('form', { name: 'This server wants a token' });
      await form.waitFor();
      await form.getByLabel('Token').fill('a-wrong-one');
      await form.getByRole('button', { name: 'Open the map' }).click();
      await form.getByLabel('Token').fill('only-to-look-at-it-0123456789');
      await form.getByRole('button', { name: 'Open the map' }).click();
      const scene = await settledScene(page, ({ nodes }) => nodes.length > 0);
      expect(scene.nodes).toHaveLength(16);
      expect(page.url()).not.toContain('only-to-look');
      await page.reload();
      await settledScene(page, ({ nodes }) => nodes.length === 16);
    } finally {
      await browser.close();
      await served.kill();
    }
  });
});
