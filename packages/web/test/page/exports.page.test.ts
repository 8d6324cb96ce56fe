import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage, type Served, serve, settledScene } from './open-page.ts';
import { shopReports } from './shop.ts';

describe('the picture as a file', () => {
  let served: Served;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    served = await serve();
    browser = await openBrowser();
    await served.report(shopReports({ at: Date.now() }));
    page = (
      await openPage(browser, `${served.url}/#/containers?filter=label.team%20%3D%20acme`, {
        acceptDownloads: true,
      })
    ).page;
    await settledScene(page, ({ nodes }) => nodes.length === 11);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.kill();
  });

  const save = async (format: string): Promise<{ readonly name: string; readonly content: Buffer }> => {
    await page.keyboard.press('e');
    const waiting = page.waitForEvent('download');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: new RegExp(`^${format}`) })
      .click();
    const download = await waiting;
    return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
  };

  it('as SVG: every label that is shown, and no other', async () => {
    const { name, content } = await save('SVG');
    expect(name).toMatch(/containers.*\.svg$/);
    const svg = content.toString('utf8');
    expect(svg).toMatch(/^<svg /);
    expect(svg).toContain('shop-20');
    expect(svg).not.toContain('redis');
  });

  it('as PNG', async () => {
    const { name, content } = await save('PNG');
    expect(name).toMatch(/\.png$/);
    expect([...content.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    expect(content.length).toBeGreaterThan(5000);
  });

  it('as DOT, Mermaid and JSON: of the same filters', async () => {
    const dot = (await save('DOT')).content.toString('utf8');
    expect(dot).toMatch(/^digraph /m);
    expect(dot).not.toContain('redis');
    expect((await save('Mermaid')).content.toString('utf8')).toMatch(/^(flowchart|graph)/m);
    const { nodes, ledger } = JSON.parse((await save('JSON')).content.toString('utf8')) as {
      readonly nodes: readonly unknown[];
      readonly ledger: { readonly shown: number };
    };
    expect(nodes).toHaveLength(11);
    expect(ledger.shown).toBe(11);
  });
});
