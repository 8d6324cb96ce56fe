import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeOf, openBrowser, openPage, type Served, serve, settledScene } from './open-page.ts';
import { shopReports } from './shop.ts';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe finds serious or critical. Its script is run from outside of the page, which would not load it. */
async function seriousViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(axePath, 'utf8'));
  const violations = (await page.evaluate(
    '(async () => (await axe.run(document, { resultTypes: ["violations"] })).violations)()',
  )) as readonly Violation[];
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join('\n')}`,
    );
}

describe('the page for everybody', () => {
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

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`axe finds nothing serious: graph, details, hidden list, palette, table, in ${colorScheme}`, async () => {
      const { page, context } = await openPage(browser, `${served.url}/#/containers`, {
        colorScheme,
        bypassCSP: true,
      });
      const scene = await settledScene(page);
      expect(await seriousViolations(page), 'graph').toEqual([]);
      const { x, y } = nodeOf(scene, 'shop-20');
      await page.mouse.click(x, y);
      await page
        .getByRole('complementary', { name: 'Details' })
        .getByRole('heading', { name: 'shop-20' })
        .waitFor();
      await page.getByRole('region', { name: 'Outbound' }).waitFor();
      expect(await seriousViolations(page), 'details').toEqual([]);
      await page.getByRole('button', { name: /4 filtered/ }).click();
      await page.getByText('metrics-agent-200').first().waitFor();
      expect(await seriousViolations(page), 'hidden').toEqual([]);
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
      expect(await seriousViolations(page), 'palette').toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Table' }).click();
      await page.locator('tr[aria-rowindex="2"]').waitFor();
      expect(await seriousViolations(page), 'table').toEqual([]);
      await context.close();
    });
  }

  it('allows scripts of its own origin only', async () => {
    const answer = await fetch(served.url);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain('unsafe-');
    expect(await answer.text()).not.toMatch(/<script(?![^>]*\bsrc=)/);
  });

  it('keeps its layout on a narrow screen: nothing wider than the screen', async () => {
    const { page, context } = await openPage(browser, `${served.url}/#/containers`, {
      viewport: { width: 390, height: 800 },
    });
    const scene = await settledScene(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    for (const { x, y } of scene.nodes) {
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(390);
      expect(y).toBeLessThan(800);
    }
    await context.close();
  });
});
