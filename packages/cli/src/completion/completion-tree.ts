import type { Command } from 'commander';

/** What may follow a flag: nothing, one of several words, a file, or anything. */
export type ValueKind = 'none' | 'file' | 'any' | readonly string[];

/** A flag as a completion script needs it. */
export interface CompletionFlag {
  readonly name: string;
  readonly description: string;
  readonly value: ValueKind;
}

/** A command as a completion script needs it. */
export interface CompletionCommand {
  readonly name: string;
  readonly description: string;
  readonly flags: readonly CompletionFlag[];
  /** What its argument may be. */
  readonly argument: ValueKind;
}

/** The commands of a program, as they are defined: a new flag is completed without further words. */
export function completionTree(program: Command, views: readonly string[]): readonly CompletionCommand[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    flags: [
      ...command.options.map((option) => ({
        name: option.long ?? option.flags,
        description: option.description,
        value: valuesOf(option.long ?? '', option.required, option.argChoices, views),
      })),
      { name: '--help', description: 'show what the command does', value: 'none' as const },
    ],
    argument: argumentOf(command.registeredArguments[0]?.name(), views),
  }));
}

function valuesOf(
  flag: string,
  takesValue: boolean,
  choices: readonly string[] | undefined,
  views: readonly string[],
): ValueKind {
  if (!takesValue) return 'none';
  if (choices !== undefined) return choices;
  if (flag === '--view') return views;
  return flag === '--input' ? 'file' : 'any';
}

function argumentOf(name: string | undefined, views: readonly string[]): ValueKind {
  switch (name) {
    case 'view':
      return views;
    case 'file':
      return 'file';
    case 'shell':
      return ['bash', 'zsh', 'fish'];
    default:
      return 'none';
  }
}
