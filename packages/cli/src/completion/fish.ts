import type { CompletionCommand, ValueKind } from './completion-tree.ts';

/** The completion script for fish. */
export function fishScript(commands: readonly CompletionCommand[]): string {
  const lines = [
    '# fish completion for ridgeline; made by: ridgeline completion fish',
    'complete -c ridgeline -f',
  ];
  for (const { name, description, flags, argument } of commands) {
    lines.push(`complete -c ridgeline -n __fish_use_subcommand -a ${name} -d '${quoted(description)}'`);
    const within = `complete -c ridgeline -n '__fish_seen_subcommand_from ${name}'`;
    if (argument !== 'none') lines.push(`${within} ${actionOf(argument)}`);
    for (const flag of flags) {
      const value = flag.value === 'none' ? '' : ` -r ${actionOf(flag.value)}`;
      lines.push(`${within} -l ${flag.name.slice(2)}${value.trimEnd()} -d '${quoted(flag.description)}'`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function actionOf(value: ValueKind): string {
  if (value === 'file') return '-F';
  return value === 'any' || value === 'none' ? '' : `-a '${value.join(' ')}'`;
}

function quoted(text: string): string {
  return text.replace(/['\\]/g, '\\$&');
}
