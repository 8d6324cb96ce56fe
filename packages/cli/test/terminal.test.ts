import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { launcher } from './run-cli.ts';

const hasPython = spawnSync('python3', ['-c', 'import pty']).status === 0;
if (!hasPython) console.warn('SKIPPED: the tests on a real terminal need python3');

/** What happened on a terminal; see terminal.py. */
interface Played {
  readonly code: number | null;
  /** Steps that never came. */
  readonly left: readonly string[];
  readonly restored: boolean;
  readonly output: string;
}

function play(
  size: readonly [number, number],
  steps: readonly string[],
  args: readonly string[],
): Promise<Played> {
  const script = fileURLToPath(new URL('terminal.py', import.meta.url));
  const all = [script, ...size.map(String), ...steps, '--', process.execPath, launcher, ...args];
  return new Promise((resolve, reject) => {
    execFile(
      'python3',
      all,
      { maxBuffer: 1 << 26, env: { ...process.env, TERM: 'xterm-256color' } },
      (error, stdout) => {
        if (error) reject(error);
        else resolve(JSON.parse(stdout) as Played);
      },
    );
  });
}

const source = ['--source', 'procfs:every=100,share=1'];
const ENTER = '\x1b[?1049h\x1b[?25l';
const LEAVE = '\x1b[?25h\x1b[?1049l';

describe.skipIf(!hasPython)('ridgeline up on a terminal', () => {
  it.each([
    ['q', 'q'],
    ['Ctrl-C', 'CTRL-C'],
    ['a signal', 'SIGTERM'],
  ])('is redrawn in place on the other screen, and gives the terminal back at %s', async (_, key) => {
    const { code, left, restored, output } = await play(
      [100, 30],
      ['of', key],
      ['up', '--no-server', ...source],
    );
    expect({ code, left, restored }).toEqual({ code: 0, left: [], restored: true });
    expect(output.startsWith(ENTER)).toBe(true);
    expect(output).toContain('\x1b[7m Processes \x1b[0m');
    expect(output).toContain('procfs');
    expect(output.trimEnd().endsWith(LEAVE)).toBe(true);
  });

  it('turns to the next view, and scrolls', async () => {
    const steps = ['NAME', 'TAB', 'by name', 'DOWN', '', 'q'];
    const { code, left, output } = await play([80, 12], steps, ['up', '--no-server', ...source]);
    expect({ code, left }).toEqual({ code: 0, left: [] });
    expect(output).toContain('Processes › by name');
  });

  it('takes every key of those that come at once', async () => {
    const { code, left } = await play(
      [80, 12],
      ['NAME', '\x1b[B\tm\x1b[Bq'],
      ['up', '--no-server', ...source],
    );
    expect({ code, left }).toEqual({ code: 0, left: [] });
  }, 40_000);

  it('shows one picture below the prompt with `view`, and leaves the screen alone', async () => {
    const { code, restored, output } = await play([80, 24], [], ['view', 'processes', '--orphans', 'keep']);
    expect({ code, restored }).toEqual({ code: 0, restored: true });
    expect(output).not.toContain('\x1b[?');
    expect(output).toContain('NAME');
  });
});
