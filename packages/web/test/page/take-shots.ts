import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { fleetReports, LARGE, makeFleet } from './fleet.ts';
import { nodeOf, openBrowser, openPage, type Served, serve, settledScene } from './open-page.ts';
import { shopReports } from './shop.ts';

/** A picture of the page for people to look at: how to come to it. */
interface Shot {
  readonly name: string;
  /** What the server is told before; left out: the shop. */
  readonly reports?: () => readonly string[];
  readonly path: string;
  readonly window?: { readonly width: number; readonly height: number };
  readonly isDark?: boolean;
  readonly pose?: (page: Page, served: Served) => Promise<unknown>;
}

const shop = (): readonly string[] => shopReports({ at: Date.now() });

async function clickNode(page: Page, label: string): Promise<void> {
  const { x, y } = nodeOf(await settledScene(page), label);
  await page.mouse.click(x, y);
  await page
    .getByRole('complementary', { name: 'Details' })
    .getByRole('region', { name: 'Outbound' })
    .waitFor();
}

const NARROW = { width: 390, height: 844 };

const SHOTS: readonly Shot[] = [
  { name: 'light', path: 'containers' },
  { name: 'dark', path: 'containers', isDark: true },
  { name: 'details', path: 'containers', pose: (page) => clickNode(page, 'shop-20') },
  { name: 'details-dark', path: 'containers', isDark: true, pose: (page) => clickNode(page, 'shop-20') },
  { name: 'metric', path: 'containers?metric=docker_cpu_total_usage&by=parent%3Acontainer_image' },
  { name: 'table', path: 'containers?mode=table' },
  {
    name: 'search',
    path: 'containers?search=catalogue',
    pose: (page) => page.getByText('2 found').waitFor(),
  },
  {
    name: 'edge',
    path: 'containers',
    pose: async (page) => {
      const scene = await settledScene(page);
      const from = nodeOf(scene, 'gateway-0').id;
      const to = nodeOf(scene, 'shop-20').id;
      const edge = scene.edges.find((one) => one.from === from && one.to === to);
      if (edge !== undefined) await page.mouse.click(edge.x, edge.y);
      await page.getByRole('complementary', { name: 'Connection' }).waitFor();
    },
  },
  {
    name: 'hidden',
    path: 'containers',
    pose: async (page) => {
      await page.getByRole('button', { name: /4 filtered/ }).click();
      await page.getByRole('checkbox').check();
      await settledScene(page, ({ nodes }) => nodes.some(({ isGhost }) => isGhost));
    },
  },
  {
    name: 'chip',
    path: `containers?filter=${encodeURIComponent('label.team = acme')}`,
    pose: (page) =>
      page
        .getByRole('button', { name: /^team|label\.team/ })
        .first()
        .hover(),
  },
  {
    name: 'palette',
    path: 'containers',
    pose: async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('cat');
      await page
        .getByRole('option', { name: /catalogue/ })
        .first()
        .waitFor();
    },
  },
  {
    name: 'keys',
    path: 'containers',
    pose: async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'export',
    path: 'containers',
    pose: async (page) => {
      await page.keyboard.press('e');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'lost',
    path: 'containers',
    reports: () => shopReports({ at: Date.now(), lost: 1204 }),
    pose: (page) => page.getByRole('status', { name: 'Missing facts' }).waitFor(),
  },
  {
    name: 'nothing-matches',
    path: `containers?filter=${encodeURIComponent('name = nobody')}`,
    pose: (page) => page.getByText('Nothing matches').waitFor(),
  },
  {
    name: 'server-gone',
    path: 'containers',
    pose: async (page, served) => {
      await settledScene(page);
      await served.kill();
      await page.getByText(/The server is gone since/).waitFor();
    },
  },
  {
    name: 'empty',
    path: '',
    reports: () => [],
    pose: (page) => page.getByText(/ridgeline doctor/).waitFor(),
  },
  { name: 'narrow', path: 'containers', window: NARROW },
  { name: 'narrow-table', path: 'containers?mode=table', window: NARROW },
  {
    name: 'narrow-details',
    path: 'containers',
    window: NARROW,
    pose: (page) => clickNode(page, 'shop-20'),
  },
  { name: '10k', path: 'processes', reports: () => fleetReports(makeFleet(LARGE)) },
  {
    name: '10k-near',
    path: 'processes',
    reports: () => fleetReports(makeFleet(LARGE)),
    pose: async (page) => {
      await settledScene(page);
      await page.mouse.move(400, 300);
      for (let n = 0; n < 4; n++) await page.mouse.wheel(0, -300);
    },
  },
];

async function take(shot: Shot, folder: string, browser: Browser): Promise<void> {
  const served = await serve();
  try {
    await served.report((shot.reports ?? shop)());
    const { page, context } = await openPage(browser, `${served.url}/#/${shot.path}`, {
      viewport: shot.window ?? { width: 1400, height: 900 },
      colorScheme: shot.isDark === true ? 'dark' : 'light',
    });
    const isGraph =
      shot.name !== 'empty' && shot.name !== 'nothing-matches' && !shot.path.includes('mode=table');
    if (isGraph) await settledScene(page);
    else if (shot.path.includes('mode=table')) await page.locator('tr[aria-rowindex="2"]').waitFor();
    // The panels come after the picture.
    await page.getByRole('navigation', { name: 'Filters' }).waitFor();
    await shot.pose?.(page, served);
    if (isGraph) await settledScene(page);
    await page.screenshot({ path: join(folder, `${shot.name}.png`) });
    await context.close();
  } finally {
    await served.kill();
  }
}

/**
 * Takes pictures of the page in all its states, each of a server of its own.
 *
 * @param folder - where the PNG files go
 * @param names - of the shots; none: all
 */
export async function takeShots(
  folder: string,
  names: readonly string[],
  told: (line: string) => void,
): Promise<void> {
  const browser = await openBrowser();
  try {
    for (const shot of SHOTS) {
      if (names.length > 0 && !names.includes(shot.name)) continue;
      await take(shot, folder, browser);
      told(`shots/${shot.name}.png`);
    }
  } finally {
    await browser.close();
  }
}
