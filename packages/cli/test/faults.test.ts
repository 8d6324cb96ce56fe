import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inFolder, runCli, startCli } from './run-cli.ts';

const CONFIG = `
import { defineFilter, definePlugin } from '@ridgeline/core';
export default {
  plugins: [definePlugin({
    name: 'odd',
    contribute: () => ({
      filters: [defineFilter({
        name: 'odd.boom', description: 'throws', build: () => () => { throw new Error('boom'); },
      })],
    }),
  })()],
};
`;

const withOddPlugin = (run: (flags: readonly string[]) => Promise<void>): Promise<void> =>
  inFolder(async (folder) => {
    const config = join(folder, 'ridgeline.config.mjs');
    await writeFile(config, CONFIG);
    await run(['--config', config, '--source', 'procfs', '--filter', 'odd.boom']);
  });

describe('a filter of a plugin that throws', () => {
  it('is named by `view`, whose picture is not of now: a failure', () =>
    withOddPlugin(async (flags) => {
      const { code, stderr } = await runCli(['view', 'processes', ...flags]);
      expect(stderr).toMatch(
        /^ridgeline: the picture is not of now: .*filter odd\.boom failed on node .*: boom$/m,
      );
      expect(code).toBe(1);
    }));

  it('is named by `up` in a pipe', () =>
    withOddPlugin(async (flags) => {
      const up = startCli(['up', '--no-server', ...flags]);
      await up.written(/! stale: .*filter odd\.boom failed on node .*: boom/);
      up.child.kill('SIGTERM');
      await up.ended;
    }));
});
