import type { CompletionCommand, ValueKind } from './completion-tree.ts';

/** The completion script for bash 3.2 and newer. */
export function bashScript(commands: readonly CompletionCommand[]): string {
  const cases = commands.map(
    ({ name, flags, argument }) => `    ${name})
      case "$previous" in
${flags
  .filter((flag) => flag.value !== 'none')
  .map((flag) => `        ${flag.name}) ${replyOf(flag.value)}; return ;;`)
  .join('\n')}${flags.some((flag) => flag.value !== 'none') ? '\n' : ''}      esac
      if [[ "$current" == -* ]]; then
        ${replyOf(flags.map((flag) => flag.name))}
      else
        ${replyOf(argument)}
      fi ;;`,
  );
  return `# bash completion for ridgeline; made by: ridgeline completion bash
_ridgeline() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  if [[ "$COMP_CWORD" -eq 1 ]]; then
    ${replyOf([...commands.map((command) => command.name), '--help', '--version'])}
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
}
complete -F _ridgeline ridgeline
`;
}

function replyOf(value: ValueKind): string {
  if (value === 'file') return 'COMPREPLY=($(compgen -f -- "$current"))';
  if (value === 'any' || value === 'none') return ':';
  return `COMPREPLY=($(compgen -W "${value.join(' ')}" -- "$current"))`;
}
