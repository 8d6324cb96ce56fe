// Checks each package that can be published as it would be packed.
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { membersIn, root } from '../workspace.mjs';

/** How many packages are packed at a time; each takes a process of npm. */
const atATime = 4;

/** @returns {Promise<string[]>} */
export async function publishProblems() {
  const waiting = membersIn('packages').filter(({ manifest }) => manifest.private !== true);
  /** @type {string[]} */
  const problems = [];
  const worker = async () => {
    for (let member = waiting.shift(); member !== undefined; member = waiting.shift()) {
      const { messages, pkg } = await publint({
        pkgDir: join(root, member.folder),
        pack: 'npm',
        strict: true,
      });
      for (const message of messages) {
        problems.push(`${member.folder}: ${formatMessage(message, pkg, { color: false }) ?? message.code}`);
      }
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return problems.sort();
}
