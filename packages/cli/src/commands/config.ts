import type { Command } from 'commander';
import type { Io } from '../io.ts';

/**
 * Adds `ridgeline config check|print|schema`. The code behind it is loaded when one of them runs.
 *
 * @param done - takes the exit code
 */
export function addConfig(program: Command, io: Io, done: (exitCode: number) => void): void {
  const config = program
    .command('config')
    .description('check, print or describe the config')
    .addHelpText(
      'after',
      [
        '',
        'Examples:',
        '  $ ridgeline config check',
        '      tell everything that is wrong with the nearest ridgeline.config.{ts,js,mjs,json,yaml,yml}',
        '  $ ridgeline config check --config ./staging.yaml --json',
        '      the same of another file, for programs',
        '  $ ridgeline config print',
        '      what all files come to, and where each value was written',
        '  $ ridgeline config schema > ridgeline.schema.json',
        '      for editors: "$schema": "./ridgeline.schema.json"',
      ].join('\n'),
    );
  withFile(config.command('check'))
    .description('tell everything that is wrong with the config, at once')
    .addHelpText(
      'after',
      '\nExamples:\n  $ ridgeline config check\n      exit code 1 when something is wrong',
    )
    .action(async (flags) => {
      const { runConfigCheck } = await import('./run-config.ts');
      done(await runConfigCheck(io, process.cwd(), flags));
    });
  withFile(config.command('print'))
    .description('print the config with all it extends, and where each value comes from')
    .addHelpText('after', '\nExamples:\n  $ ridgeline config print\n      YAML with a comment on each value')
    .action(async (flags) => {
      const { runConfigPrint } = await import('./run-config.ts');
      done(await runConfigPrint(io, process.cwd(), flags));
    });
  config
    .command('schema')
    .description('print the JSON Schema of configs, for editors')
    .addHelpText(
      'after',
      '\nExamples:\n  $ ridgeline config schema > ridgeline.schema.json\n      for $schema',
    )
    .action(async () => {
      const { runConfigSchema } = await import('./run-config.ts');
      done(runConfigSchema(io));
    });
}

function withFile(command: Command): Command {
  return command
    .option('--config <file>', 'this config in place of the nearest ridgeline.config.*')
    .option('--json', 'for programs');
}
