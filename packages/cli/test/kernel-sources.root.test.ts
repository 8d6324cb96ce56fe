import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inFolder, runCli, startProgram } from './run-cli.ts';

/** Another user with some capabilities, who may read any file beside: the repository may lie in a closed folder. */
const asNobody = (capabilities: string): readonly string[] => [
  'setpriv',
  '--reuid=65534',
  '--regid=65534',
  '--clear-groups',
  ...['inh-caps', 'ambient-caps', 'bounding-set'].map((set) => `--${set}=${capabilities},+dac_read_search`),
];

/** Runs the command as one who has none of the privileges that sources need. */
const runUnprivileged = (
  args: readonly string[],
): Promise<{ code: number | null; stdout: string; stderr: string }> =>
  startProgram(asNobody('-all'), args).ended;

const MISSING =
  /^ridgeline: source "ebpf" is required and cannot work: .*CAP_BPF is missing \(.*run it as root\)$/m;

interface SourceJson {
  readonly name: string;
  readonly state: string;
  readonly message?: string;
  readonly reports: number;
}

const sourcesIn = (stdout: string): ReadonlyMap<string, SourceJson> =>
  new Map((JSON.parse(stdout) as { sources: SourceJson[] }).sources.map((source) => [source.name, source]));

describe('--ebpf and --conntrack', () => {
  it.each([
    ['up', ['up', '--ebpf', 'require']],
    ['view', ['view', 'processes', '--ebpf', 'require']],
    ['view --watch', ['view', 'processes', '--watch', '--ebpf', 'require']],
    ['another source', ['view', 'processes', '--source', 'procfs', '--ebpf', 'require']],
  ])('%s: required where it cannot work ends with what is missing, and code 1', async (_, args) => {
    const { code, stdout, stderr } = await runUnprivileged(args);
    expect(stderr).toMatch(MISSING);
    expect(code).toBe(1);
    // Not even a first picture.
    expect(stdout).toBe('');
  });

  it.each([['up'], ['view', 'processes'], ['view', 'processes', '--watch']])(
    '%s: a reader that cannot be started, but is required, is an error that names it',
    (...args) =>
      inFolder(async (folder) => {
        const config = join(folder, 'ridgeline.config.json');
        await writeFile(config, JSON.stringify({ sources: { ebpf: { wrapper: ['/no/such/command'] } } }));
        const { code, stdout, stderr } = await runCli([...args, '--config', config, '--ebpf', 'require']);
        expect(stderr).toMatch(
          /^ridgeline: source "ebpf" is required and cannot work: the reader of kernel events cannot be started: spawn \/no\/such\/command ENOENT \(look at its option "wrapper"/m,
        );
        expect(code).toBe(1);
        expect(stdout).toBe('');
      }),
  );

  it('without privileges the view is there through /proc, and nobody waits for kernel events', async () => {
    const { code, stdout, stderr } = await runUnprivileged([
      'view',
      'processes',
      '--orphans',
      'keep',
      '--format',
      'json',
    ]);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    const sources = sourcesIn(stdout);
    expect(sources.get('ebpf')).toMatchObject({
      state: 'stopped',
      reports: 0,
      message: expect.stringContaining('CAP_BPF is missing'),
    });
    expect(sources.get('procfs')?.reports).toBe(1);
    expect((JSON.parse(stdout) as { nodes: unknown[] }).nodes.length).toBeGreaterThan(0);
  });

  it.each([
    [
      'CAP_BPF and CAP_PERFMON alone',
      asNobody('-all,+bpf,+perfmon'),
      { state: 'degraded', message: /^the process of an accepted connection is known only when it closes/ },
    ],
    [
      'a user namespace',
      ['unshare', '--user', '--map-root-user'],
      { state: 'stopped', message: /inside a user namespace/ },
    ],
  ])('with %s it says what that costs, and the view is there', async (_, prefix, { state, message }) => {
    const view = ['view', 'processes', '--orphans', 'keep', '--format', 'json'];
    const { code, stdout, stderr } = await startProgram(prefix, view).ended;
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const sources = sourcesIn(stdout);
    expect(sources.get('ebpf')).toMatchObject({ state, message: expect.stringMatching(message) });
    expect(sources.get('procfs')?.reports).toBeGreaterThan(0);
    expect((JSON.parse(stdout) as { nodes: unknown[] }).nodes.length).toBeGreaterThan(0);
  });

  it('where it works it reports by default, and is left out when it is switched off', async () => {
    const view = ['view', 'processes', '--format', 'json'];
    const sources = sourcesIn((await runCli(view)).stdout);
    expect(sources.get('ebpf')?.reports).toBeGreaterThan(0);
    expect(sources.get('conntrack')?.reports).toBeGreaterThan(0);
    expect([
      ...sourcesIn((await runCli([...view, '--ebpf', 'off', '--conntrack', 'off'])).stdout).keys(),
    ]).toEqual(['procfs']);
    const chosen = [...view, '--source', 'procfs', '--conntrack', 'auto'];
    expect([...sourcesIn((await runCli(chosen)).stdout).keys()]).toEqual(['conntrack', 'procfs']);
  });

  it('are mistakes with a file', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'none.rgl');
      const { code, stderr } = await runCli(['view', 'processes', '--input', file, '--ebpf', 'off']);
      expect(stderr).toContain('cannot be had with --input');
      expect(code).toBe(2);
      expect(existsSync(file)).toBe(false);
    }));
});
