import type { CompletionCommand, CompletionFlag, ValueKind } from './completion-tree.ts';

/** The completion script for zsh. */
export function zshScript(commands: readonly CompletionCommand[]): string {
  const described = commands.map(({ name, description }) => `    '${name}:${quoted(description)}'`);
  const cases = commands.map(({ name, flags, argument }) => {
    const lines = [
      ...flags.map(flagSpec),
      ...(argument === 'none' ? [] : [`':${name}:${actionOf(argument)}'`]),
    ];
    return `    ${name})\n      _arguments ${lines.join(' \\\n        ')} ;;`;
  });
  return `#compdef ridgeline
# zsh completion for ridgeline; made by: ridgeline completion zsh
_ridgeline() {
  local -a commands
  commands=(
${described.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command="\${words[2]}"
  shift words
  (( CURRENT-- ))
  case "$command" in
${cases.join('\n')}
  esac
}
if [ "\${funcstack[1]}" = "_ridgeline" ]; then
  _ridgeline "$@"
else
  compdef _ridgeline ridgeline
fi
`;
}

function flagSpec({ name, description, value }: CompletionFlag): string {
  const said = quoted(description).replace(/[[\]]/g, '\\$&');
  return value === 'none' ? `'${name}[${said}]'` : `'*${name}[${said}]:value:${actionOf(value)}'`;
}

function actionOf(value: ValueKind): string {
  if (value === 'file') return '_files';
  return value === 'any' || value === 'none' ? '' : `(${value.join(' ')})`;
}

/** For single quotes; a colon would end a field. */
function quoted(text: string): string {
  return text.replace(/'/g, "'\\''").replace(/:/g, '\\:');
}
