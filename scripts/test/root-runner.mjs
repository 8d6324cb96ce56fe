// Runs the tests of *.root.test.ts files only as root; else each of them counts as skipped and none of its hooks
// runs, so that a file need not ask for itself.
import { TestRunner } from 'vitest';

export default class RootRunner extends TestRunner {
  /** @param {ConstructorParameters<typeof TestRunner>[0]} config */
  constructor(config) {
    // A pattern that no name matches: vitest then skips each test while it collects, and with all of them the file.
    super(process.getuid?.() === 0 ? config : { ...config, testNamePattern: /(?!)/ });
  }
}
