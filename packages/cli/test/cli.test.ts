import { execFile, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { SnapshotJson } from '@ridgeline/core/wire';
import { describe, expect, it } from 'vitest';
import { styledWidth } from '../src/terminal/styled-width.ts';
import { runInProcess } from './in-process.ts';
import { clientAndServer } from './reports.ts';
import { inFolder, launcher, runCli } from './run-cli.ts';
import { isSnapshot } from './snapshot-schema.ts';

describe('help', () => {
  it('is there for every command, with examples', async () => {
    const { stdout, code } = await runInProcess(['--help']);
    expect(code).toBe(0);
    for (const command of [
      'up',
      'app',
      'view',
      'views',
      'filters',
      'sources',
      'doctor',
      'completion',
      'record',
      'replay',
    ]) {
      expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
      const help = await runInProcess([command, '--help']);
      expect(help.code).toBe(0);
      expect(help.stdout).toContain(`Usage: ridgeline ${command}`);
      expect(help.stdout).toMatch(/Examples:\n {2}\$ /);
    }
  });

  it('is what a command without words prints, as a mistake', async () => {
    expect(await runInProcess([])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('Usage:'),
    });
  });
});

describe('mistakes', () => {
  it.each([
    [['viwe', 'processes'], /unknown command 'viwe'\n\(Did you mean view\?\)/],
    [['view', 'processes', '--fitler', 'x'], /unknown option '--fitler'\n\(Did you mean --filter\?\)/],
    [['view', 'proceses'], /unknown view "proceses"; did you mean "processes"\?\n {2}known: processes, /],
    [['view', 'processes', '--format', 'jsno'], /'jsno' is invalid\. Allowed choices are table, json/],
    [
      ['view', 'processes', '--filter', 'nmae = x'],
      /unknown field "nmae"; did you mean name\?\n {4}nmae = x\n {4}\^~~~\n/,
    ],
    [['view', 'processes', '--filter', 'conected'], /unknown filter "conected"; did you mean connected\?/],
    [
      ['view', 'processes', '--option', 'unconected=show'],
      /unknown option of view processes "unconected"; did you mean "unconnected"\?/,
    ],
    [
      ['view', 'processes', '--option', 'unconnected=shwo'],
      /unknown value of option unconnected of view processes "shwo"; did you mean "show"\?/,
    ],
    [['view', 'processes', '--option', 'unconnected'], /not of the form group=value/],
    [['view', 'processes', '--source', 'procsf'], /unknown source "procsf"; did you mean "procfs"\?/],
    [['view', 'processes', '--source', 'procfs:evry=5'], /plugin procfs: .*evry/],
    [['record', 'x', '--for', 'soon'], /'soon' is invalid\. Not a duration/],
    [['replay', 'x', '--speed', '-1'], /'-1' is invalid\. Not a speed/],
    [['completion', 'bsah'], /unknown shell "bsah"; did you mean "bash"\?/],
    [['view', 'processes', '--input', 'x', '--watch'], /--watch cannot be had with --input/],
  ])('%j end with 2 and say what was meant', async (args, message) => {
    const { code, stdout, stderr } = await runInProcess(args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('end the process with 2', async () => {
    const { code, stderr } = await runCli(['view', 'proceses']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('did you mean "processes"?'),
    });
  });

  it('of the machine end with 1', async () => {
    for (const args of [
      ['view', 'processes', '--input', '/nowhere/at/all'],
      ['replay', '/nowhere/at/all'],
      ['record', '/nowhere/at/all'],
    ]) {
      const { code, stderr } = await runInProcess(args);
      expect(stderr).toMatch(/^ridgeline: \/nowhere\/at\/all does not exist$/m);
      expect(code).toBe(1);
    }
  });

  it('of a source are told with its words', () =>
    inFolder(async (folder) => {
      const root = join(folder, 'none');
      const { code, stderr } = await runInProcess(['view', 'processes', '--source', `procfs:root=${root}`]);
      expect(stderr).toContain(`the folder ${root} cannot be listed`);
      expect(code).toBe(1);
    }));
});

describe('a view of a file', () => {
  it('prints tables with the books below', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'report.json');
      await writeFile(file, clientAndServer());
      const { stdout, stderr, code } = await runInProcess(['view', 'processes', '--input', file]);
      expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
      expect(stdout).toBe(
        [
          'NAME      WHERE   TALKS TO',
          '▪ client  h (20)  server',
          '▪ server  h (10)',
          '',
          '2 of 3 shown, 1 hidden: unconnected 1',
          'edges: 1 of 1 shown',
          '',
        ].join('\n'),
      );
    }));

  it('prints the published JSON, whose figures add up with any filters', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'report.json');
      await writeFile(file, clientAndServer());
      for (const flags of [
        [],
        ['--raw'],
        ['--orphans', 'keep'],
        ['--orphans', 'drop', '--filter', 'not name = server'],
        ['--filter', 'name ~ "er$" or pid = 20', '--filter', 'connected'],
        ['--option', 'unconnected=show', '--filter', 'name = nobody'],
      ]) {
        const { stdout, code, stderr } = await runInProcess([
          'view',
          'processes',
          '--input',
          file,
          '--format',
          'json',
          ...flags,
        ]);
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        const snapshot: unknown = JSON.parse(stdout);
        isSnapshot(snapshot);
        expect(isSnapshot.errors).toBeNull();
        const { ledger, nodes, at, view } = snapshot as SnapshotJson;
        expect(ledger.shown + ledger.filtered).toBe(ledger.total);
        expect(nodes).toHaveLength(ledger.shown);
        expect([at, view]).toEqual([1_700_000_000_000, 'processes']);
      }
    }));

  it('prints clauses with their figures and where they come from', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'report.json');
      await writeFile(file, clientAndServer());
      const args = ['view', 'processes', '--input', file, '--filter', 'not name = server'];
      const { stdout } = await runInProcess(args);
      expect(stdout).toContain('0 of 3 shown, 3 hidden: not name = server 1, unconnected 2');
      expect(stdout).toContain('  not name = server  hides 1, without it +2  --filter');
    }));

  it('keeps to the width of a terminal, with a map above', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'report.json');
      await writeFile(file, clientAndServer());
      for (const columns of [20, 30, 80]) {
        const { stdout } = await runInProcess(['view', 'processes', '--input', file], { columns });
        for (const line of stdout.split('\n')) expect(styledWidth(line)).toBeLessThanOrEqual(columns);
        if (columns > 20) expect(stdout).toContain('▸');
      }
    }));

  it('reads reports of Scope, plain and gzipped', () =>
    inFolder(async (folder) => {
      const at = '2023-11-14T22:13:20Z';
      const latest = (values: Record<string, string>) =>
        Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { timestamp: at, value }]));
      const report = {
        Process: {
          nodes: {
            'h;7': {
              id: 'h;7',
              topology: 'process',
              latest: latest({ pid: '7', name: 'apache', host_node_id: 'h;<host>' }),
            },
          },
        },
        Host: {
          nodes: { 'h;<host>': { id: 'h;<host>', topology: 'host', latest: latest({ host_name: 'h' }) } },
        },
      };
      for (const [name, bytes] of [
        ['report.json', Buffer.from(JSON.stringify(report))],
        ['report.json.gz', gzipSync(JSON.stringify(report))],
      ] as const) {
        const file = join(folder, name);
        await writeFile(file, bytes);
        const { stdout, stderr, code } = await runInProcess([
          'view',
          'processes',
          '--input',
          file,
          '--orphans',
          'keep',
        ]);
        expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
        expect(stdout).toContain('▪ apache');
      }
    }));

  it('says what a file is not', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'notes.txt');
      await writeFile(file, 'these are notes');
      const { stderr, code } = await runInProcess(['view', 'processes', '--input', file]);
      expect(stderr).toContain(`${file} is neither a recording nor a report`);
      expect(code).toBe(1);
    }));
});

describe('a view of this machine', () => {
  it('is there with its processes, this one among them', async () => {
    const { stdout, code } = await runCli(['view', 'processes', '--orphans', 'keep', '--format', 'json']);
    expect(code).toBe(0);
    const snapshot = JSON.parse(stdout) as {
      nodes: { id: string; label: string }[];
      sources: { name: string }[];
    };
    isSnapshot(snapshot);
    expect(isSnapshot.errors).toBeNull();
    expect(snapshot.nodes.some(({ id }) => id.endsWith(`;${process.pid}`))).toBe(true);
    // Also where they cannot work: their status says so, and nobody waits for them.
    expect(snapshot.sources.map(({ name }) => name)).toEqual(['conntrack', 'ebpf', 'procfs']);
  });

  it('gives deltas, one a line, until its reader leaves', async () => {
    const args = [
      launcher,
      'view',
      'processes',
      '--watch',
      '--format',
      'ndjson',
      '--source',
      'procfs:every=50',
    ];
    const shell = `"$0" "$@" | head -n 3; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((resolve, reject) => {
      execFile('bash', ['-c', shell, process.execPath, ...args], (error, stdout, stderr) => {
        if (error) reject(error);
        else resolve({ stdout, stderr });
      });
    });
    const [first, second, third, status] = stdout.trimEnd().split('\n');
    expect(
      [first, second, third].map((line) => (JSON.parse(line as string) as { kind: string }).kind),
    ).toEqual(['reset', 'patch', 'patch']);
    expect(status).toBe('0');
    expect(stderr).not.toMatch(/EPIPE/);
  });
});

describe('lists', () => {
  it('tell the views, filters, fields and sources there are, with options and defaults', async () => {
    const views = await runInProcess(['views']);
    expect(views.stdout).toMatch(/^processes +Processes +unconnected=show\|\[hide\]$/m);
    const filters = await runInProcess(['filters']);
    expect(filters.stdout).toMatch(/^connected /m);
    expect(filters.stdout).toMatch(/^metric\.cpu /m);
    const sources = await runInProcess(['sources']);
    expect(sources.stdout).toMatch(/^procfs +yes .*root=\/proc/m);
    for (const command of ['views', 'filters', 'sources', 'doctor']) {
      const { stdout, code } = await runInProcess([command, '--json']);
      expect(code).toBe(0);
      expect(() => JSON.parse(stdout) as unknown).not.toThrow();
    }
  });

  it('have no colours in a pipe, unless they are asked for', async () => {
    expect((await runInProcess(['views'])).stdout).not.toContain('\x1b');
    expect((await runInProcess(['views'], { env: { FORCE_COLOR: '1' } })).stdout).toContain('\x1b[');
    expect(
      (await runInProcess(['views'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout,
    ).not.toContain('\x1b');
  });
});

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'])(
    'for %s is a script it can read, with commands, flags and views',
    async (shell) => {
      const { stdout, code } = await runInProcess(['completion', shell]);
      expect(code).toBe(0);
      for (const word of ['replay', 'reverse-dns', 'processes-by-name', 'drop-pseudo'])
        expect(stdout).toContain(word);
      // Shells that are not there cannot object.
      const check = spawnSync(shell, ['-n'], { input: stdout });
      if (check.error === undefined) expect(check.stderr.toString()).toBe('');
    },
  );

  it('completes in bash', async () => {
    const { stdout } = await runInProcess(['completion', 'bash']);
    const ask = (words: readonly string[]): string[] => {
      const script = `${stdout}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _ridgeline; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return spawnSync('bash', ['-c', script]).stdout.toString().trim().split('\n');
    };
    expect(ask(['ridgeline', 're'])).toEqual(['record', 'replay']);
    expect(ask(['ridgeline', 'view', 'processes-'])).toEqual(['processes-by-name']);
    expect(ask(['ridgeline', 'view', 'processes', '--orphans', 'drop'])).toEqual(['drop-pseudo', 'drop']);
    expect(ask(['ridgeline', 'record', 'x', '--fo'])).toEqual(['--for', '--force', '--format']);
  });
});

describe('the doctor', () => {
  it('tells what there is and what each lack costs', async () => {
    const { stdout, code } = await runInProcess(['doctor']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^. privileges: (root|user \d+)/m);
    expect(stdout).toMatch(/^. connection events of the kernel \(BPF\): /m);
    for (const [, after] of stdout.matchAll(/^[!✘] .*\n(.*)$/gm)) expect(after).toMatch(/^ {4}costs: /);
  });
});
