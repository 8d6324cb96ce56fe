// Runs the tests of *.page.test.ts files only where there is a browser; else each of them counts as skipped and none of
// its hooks runs.
import { existsSync } from 'node:fs';
import { TestRunner } from 'vitest';

const hasBrowser = (process.env.PATH ?? '')
  .split(':')
  .some((folder) => folder && existsSync(`${folder}/chromium`));

export default class PageRunner extends TestRunner {
  /** @param {ConstructorParameters<typeof TestRunner>[0]} config */
  constructor(config) {
    super(hasBrowser ? config : { ...config, testNamePattern: /(?!)/ });
  }
}
