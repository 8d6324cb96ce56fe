import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SceneOnScreen } from '../../src/canvas/scene-on-screen.ts';
import { fleetReports, LARGE, laterFleet, makeFleet, newcomers } from './fleet.ts';
import { openBrowser, openPage, type Served, serve, settledScene } from './open-page.ts';

/** A small machine that has other things to do takes its time over so much. */
const PATIENCE_MILLIS = 150_000;

describe('a picture of 10,000 nodes', { timeout: PATIENCE_MILLIS + 30_000 }, () => {
  let served: Served;
  let browser: Browser;
  let page: Page;
  let complaints: readonly string[];
  const fleet = makeFleet(LARGE);

  beforeAll(async () => {
    served = await serve();
    browser = await openBrowser();
    await served.report(fleetReports(fleet));
    const opened = await openPage(browser, `${served.url}/#/processes`);
    page = opened.page;
    page.setDefaultTimeout(PATIENCE_MILLIS);
    complaints = opened.complaints.list;
  }, PATIENCE_MILLIS);
  afterAll(async () => {
    await browser?.close();
    await served?.kill();
  });

  it('comes as boxes of hosts, whose flows weigh as much as the edges they stand for', async () => {
    const scene = await settledScene(page, undefined, PATIENCE_MILLIS);
    expect(scene.mode).toBe('grouped');
    expect(scene.nodes.length).toBeGreaterThan(9900);
    expect(scene.groups.map(({ label }) => label).sort()).toEqual(
      Array.from({ length: LARGE.hosts }, (_, n) => `node-${String(n + 1).padStart(2, '0')}`),
    );
    expect(scene.edges.reduce((sum, { weight }) => sum + weight, 0)).toBeGreaterThan(29_000);
    const between = weightsBetweenBoxes(scene);
    expect(scene.flows.length).toBeGreaterThan(0);
    for (const { from, to, weight, edges } of scene.flows)
      expect({ from, to, ...between.get(`${from}\n${to}`) }).toEqual({ from, to, weight, edges });
  });

  it('keeps its boxes and nodes when 1 % of it changes', async () => {
    const before = await settledScene(page, undefined, PATIENCE_MILLIS);
    const later = laterFleet(fleet);
    const awaited = newcomers(fleet, later);
    expect(awaited.length).toBeGreaterThan(0);
    await served.report(fleetReports(later));
    const hasCome = ({ nodes }: SceneOnScreen): boolean => {
      const ids = new Set(nodes.map(({ id }) => id));
      return awaited.every((id) => ids.has(id));
    };
    const after = await settledScene(page, hasCome, PATIENCE_MILLIS);
    const placeOf = new Map(before.nodes.map(({ id, place }) => [id, place]));
    const moved = after.nodes.filter(({ id, place }) => {
      const old = placeOf.get(id);
      return old !== undefined && Math.hypot(old.x - place.x, old.y - place.y) > 30;
    });
    expect(moved).toEqual([]);
    expect(after.groups).toEqual(before.groups);
  });

  it('opens a flow, and from there the edges that it stands for', async () => {
    const { flows, groups } = await settledScene(page, undefined, PATIENCE_MILLIS);
    const flow = flows[0];
    if (flow === undefined) throw new Error('no flow within sight');
    await page.mouse.click(flow.x, flow.y);
    await page.waitForURL(/flow=/);
    const labelOf = (key: string): string => groups.find((group) => group.key === key)?.label ?? '';
    const panel = page.getByRole('complementary').filter({ hasText: labelOf(flow.from) });
    await panel.filter({ hasText: labelOf(flow.to) }).waitFor();
    await panel
      .getByText(new RegExp(`\\b${flow.edges}\\b`))
      .first()
      .waitFor();
  });

  it('is a box of all without groups, and can be searched', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Group by' }).selectOption({ label: 'No groups' });
    const scene = await settledScene(page, ({ groups }) => groups.length === 0, PATIENCE_MILLIS);
    expect(scene.mode).toBe('grouped');
    const wanted = scene.nodes[4321];
    if (wanted === undefined) throw new Error('too few nodes');
    await page.keyboard.press('/');
    await page.keyboard.type(wanted.id);
    await page.getByText('1 found').waitFor();
    await page.keyboard.press('Enter');
    await page
      .getByRole('complementary', { name: 'Details' })
      .getByRole('heading', { name: wanted.label })
      .waitFor();
    expect(complaints).toEqual([]);
  });
});

/** What runs from box to box, by the two keys. A node is in the box that it is drawn in. */
function weightsBetweenBoxes({
  nodes,
  edges,
  groups,
}: SceneOnScreen): ReadonlyMap<string, { readonly weight: number; readonly edges: number }> {
  const boxOf = new Map(
    nodes.map((node) => [
      node.id,
      groups.find(
        ({ x, y, width, height }) =>
          node.x >= x && node.x <= x + width && node.y >= y && node.y <= y + height,
      )?.key,
    ]),
  );
  const between = new Map<string, { weight: number; edges: number }>();
  for (const { from, to, weight } of edges) {
    const [a, b] = [boxOf.get(from), boxOf.get(to)];
    if (a === b) continue;
    const known = between.get(`${a}\n${b}`);
    between.set(`${a}\n${b}`, { weight: (known?.weight ?? 0) + weight, edges: (known?.edges ?? 0) + 1 });
  }
  return between;
}
