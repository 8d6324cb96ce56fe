// Runs the tests of *.root.test.ts files only as root; else each of them counts as skipped and none of its hooks
// runs, so that a file need not ask for itself.
import { TestRunner } from 'vitest';

/** @param {import('vitest').RunnerTask} task */
function skip(task) {
  task.mode = 'skip';
  if (task.type === 'suite') for (const child of task.tasks) skip(child);
}

export default class RootRunner extends TestRunner {
  /** @param {import('vitest').RunnerTestFile[]} files */
  onCollected(files) {
    if (process.getuid?.() !== 0) for (const file of files) skip(file);
  }
}
