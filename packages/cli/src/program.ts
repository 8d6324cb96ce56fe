import { Command, Option } from 'commander';
import { addConfig } from './commands/config.ts';
import type { Io } from './io.ts';
import { parseDuration, parseSpeed } from './session/durations.ts';
import { FORMATS, ORPHAN_POLICIES } from './session/flags.ts';
import { CONNTRACK_MODES, EBPF_MODES } from './session/kernel-sources.ts';

/** What a command of the program ends with is given to `done`: the exit code. */
export type Done = (exitCode: number) => void;

/**
 * The commands with their flags. Each loads its code when it runs, so that `--help` is there at once.
 *
 * Unknown commands and flags are errors with the nearest name (commander's own).
 */
export function buildProgram(io: Io, version: string, done: Done): Command {
  const program = new Command('ridgeline')
    .description('Who talks to whom on this machine, live.')
    .version(version)
    .helpCommand(true)
    .showHelpAfterError('(more: --help)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out.write(text),
      writeErr: (text) => io.err.write(text),
      getOutHelpWidth: () => (io.out.isTTY === true ? (io.out.columns ?? 80) : 100),
      getErrHelpWidth: () => (io.err.isTTY === true ? (io.err.columns ?? 80) : 100),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText(
      'after',
      examples(
        ['ridgeline up', 'the live map of this machine'],
        ['ridgeline view processes --filter \'name ~ "nginx"\'', 'one picture, filtered'],
        ['ridgeline doctor', 'what this machine allows, and what the rest costs'],
      ),
    );
  addLive(program, io, done);
  addLists(program, io, done);
  addRecordings(program, io, done);
  addConfig(program, io, done);
  return program;
}

function addLive(program: Command, io: Io, done: Done): void {
  const up = program
    .command('up')
    .description('show the live map of this machine until Ctrl-C')
    .option('--view <view>', 'what to look at', 'processes');
  serverFlags(sourceFlags(viewFlags(up)))
    .option('--no-server', 'show it here only: listen on no port')
    .addHelpText(
      'after',
      examples(
        ['ridgeline up', 'on a terminal: map and table, redrawn in place'],
        ['ridgeline up --view processes-by-name --orphans keep', 'another view, unconnected nodes too'],
        ['ridgeline up | tee map.log', 'in a pipe: a line for all that comes and goes'],
      ),
    )
    .action(async (flags) => done(await (await import('./commands/up.ts')).runUp(io, flags)));

  const app = program
    .command('app')
    .description('serve what probes and other hosts send, without a map here')
    .option('--config <file>', 'this config in place of the nearest ridgeline.config.*');
  serverFlags(sourceFlags(app))
    .addHelpText(
      'after',
      examples(
        ['ridgeline app', 'takes reports of Scope’s probes, and serves views, on this machine'],
        [
          'ridgeline app --listen 0.0.0.0:4040 --tokens /etc/ridgeline/tokens',
          'for others, who need a token',
        ],
        ['ridgeline app --source procfs', 'serves this machine, too'],
      ),
    )
    .action(async (flags) => done(await (await import('./commands/app.ts')).runApp(io, flags)));

  const view = program
    .command('view')
    .description('print a view of this machine, or of a file')
    .argument('<view>', 'one of `ridgeline views`')
    .addOption(new Option('--format <format>', 'how to print it').choices(FORMATS).default('table'))
    .option('--watch', 'go on: redraw on a terminal, print what changes in a pipe')
    .option('--input <file>', 'look at a recording, a report, or a Scope report instead of this machine')
    .option('--timeout <duration>', 'how long to wait for the first reports', parseDuration, 10_000);
  sourceFlags(viewFlags(view))
    .addHelpText(
      'after',
      examples(
        ['ridgeline view processes', 'map, table and figures'],
        [
          "ridgeline view processes --filter 'metric.cpu > 5%' --filter 'not name = \"node\"'",
          'filters are and-ed, and counted',
        ],
        ['ridgeline view processes --option unconnected=show --orphans keep', 'everything, connected or not'],
        [
          'ridgeline view processes --format json | jq .ledger',
          'for programs (schema: @ridgeline/core/schema/snapshot.schema.json)',
        ],
        ['ridgeline view hosts --format dot | dot -Tsvg > hosts.svg', 'a picture file'],
        ['ridgeline view containers --input report.msgpack.gz', 'a report of Scope'],
      ),
    )
    .action(async (name, flags) => done(await (await import('./commands/view.ts')).runView(io, name, flags)));
}

function addLists(program: Command, io: Io, done: Done): void {
  for (const [name, description, run] of [
    ['views', 'list the views with their options', 'runViews'],
    ['filters', 'list the filters, and the fields that can be compared', 'runFilters'],
    ['sources', 'list the sources with their options and defaults', 'runSources'],
  ] as const) {
    program
      .command(name)
      .description(description)
      .option('--json', 'for programs')
      .option('--config <file>', 'this config in place of the nearest ridgeline.config.*')
      .addHelpText(
        'after',
        examples([`ridgeline ${name}`, 'a table'], [`ridgeline ${name} --json`, 'the same for programs']),
      )
      .action(async (flags) => done(await (await import('./commands/list.ts'))[run](io, flags)));
  }
  program
    .command('doctor')
    .description('tell what this machine allows, and what each lack costs the map')
    .option('--json', 'for programs')
    .addHelpText(
      'after',
      examples(['ridgeline doctor', 'as who you are'], ['sudo ridgeline doctor', 'as root']),
    )
    .action(async (flags) => done(await (await import('./commands/doctor.ts')).runDoctor(io, flags)));
  program
    .command('completion')
    .description('print a completion script')
    .argument('<shell>', 'bash, zsh or fish')
    .addHelpText(
      'after',
      examples(
        ['source <(ridgeline completion bash)', 'bash: for this shell; in ~/.bashrc for all'],
        ['ridgeline completion zsh > ~/.zsh/functions/_ridgeline', 'zsh'],
        ['ridgeline completion fish > ~/.config/fish/completions/ridgeline.fish', 'fish'],
      ),
    )
    .action(async (shell) =>
      done((await import('./commands/completion.ts')).runCompletion(io, program, shell)),
    );
}

function addRecordings(program: Command, io: Io, done: Done): void {
  const record = program
    .command('record')
    .description('write every report of every source to a file')
    .argument('<file>', 'the recording to make')
    .option('--for <duration>', 'end after this time (60s, 5m); else at Ctrl-C', parseDuration)
    .option('--force', 'replace a file that is there')
    .option('--view <view>', 'print the last picture of this view at the end')
    .addOption(new Option('--format <format>', 'how to print it').choices(FORMATS).default('table'));
  sourceFlags(viewFlags(record))
    .addHelpText(
      'after',
      examples(
        ['ridgeline record incident.rgl --for 60s', 'a minute of this machine'],
        [
          'ridgeline record incident.rgl',
          'until Ctrl-C; also after kill -9 all reports but the last can be read',
        ],
      ),
    )
    .action(async (file, flags) =>
      done(await (await import('./commands/record.ts')).runRecord(io, file, flags)),
    );

  const replay = program
    .command('replay')
    .description('show a recording as it was')
    .argument('<file>', 'a recording of `ridgeline record`')
    .option('--speed <factor>', 'times faster than it was recorded (10, 0.5, max)', parseSpeed, 1)
    .option('--loop', 'begin again at the end')
    .option('--view <view>', 'what to look at', 'processes')
    .addOption(new Option('--format <format>', 'how to print it').choices(FORMATS).default('table'))
    .option('--watch', 'in a pipe: print what changes, not only the last picture');
  viewFlags(replay)
    .addHelpText(
      'after',
      examples(
        ['ridgeline replay incident.rgl --speed 10', 'live on a terminal, ten times as fast'],
        ['ridgeline replay incident.rgl --speed max --format json', 'the last picture'],
        ['ridgeline replay incident.rgl --watch --format ndjson', 'every change, for programs'],
      ),
    )
    .action(async (file, flags) =>
      done(await (await import('./commands/replay.ts')).runReplay(io, file, flags)),
    );
}

function viewFlags(command: Command): Command {
  return command
    .option(
      '--filter <expression>',
      'keep what it holds for; may be given more than once, all must hold',
      collect,
      [],
    )
    .option(
      '--option <group=value>',
      'choose a value of an option group of the view; repeatable',
      collect,
      [],
    )
    .addOption(
      new Option('--orphans <policy>', 'what becomes of nodes without a connection').choices(ORPHAN_POLICIES),
    )
    .option('--raw', "leave out the view's own defaults")
    .option('--config <file>', 'this config in place of the nearest ridgeline.config.*');
}

function sourceFlags(command: Command): Command {
  return command
    .option(
      '--source <name[:option=value,…]>',
      'connect this source instead of the usual ones; repeatable',
      collect,
      [],
    )
    .addOption(
      new Option(
        '--ebpf <mode>',
        'kernel events: where they work (auto, unless the config says otherwise), or not at all, or an error without them',
      ).choices(EBPF_MODES),
    )
    .addOption(
      new Option(
        '--conntrack <mode>',
        'address translations: where they can be read (auto), or not at all',
      ).choices(CONNTRACK_MODES),
    )
    .option('--reverse-dns', 'ask name servers for the names of addresses');
}

function serverFlags(command: Command): Command {
  return command
    .option('--listen <address>', 'where to serve; left out: 127.0.0.1:4040, or the next port that is free')
    .option('--tokens <file>', 'lines viewer=TOKEN and operator=TOKEN; needed where others can reach it')
    .option('--allow-host <name>', 'a name under which the server is reached; repeatable', collect, [])
    .option('--read-only', 'serve, but take no reports in');
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function examples(...lines: readonly (readonly [command: string, what: string])[]): string {
  return `\nExamples:\n${lines.map(([command, what]) => `  $ ${command}\n      ${what}`).join('\n')}`;
}
