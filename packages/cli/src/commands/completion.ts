import { nearestName } from '@ridgeline/core';
import { builtinPlugins, createRidgeline } from '@ridgeline/runtime';
import type { Command } from 'commander';
import { bashScript } from '../completion/bash.ts';
import { completionTree } from '../completion/completion-tree.ts';
import { fishScript } from '../completion/fish.ts';
import { zshScript } from '../completion/zsh.ts';
import { EXIT, UsageError } from '../failure.ts';
import type { Io } from '../io.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** `ridgeline completion <shell>`: prints a script that completes commands, flags and their values. */
export function runCompletion(io: Io, program: Command, shell: string): number {
  if (!Object.hasOwn(SCRIPTS, shell)) {
    const known = Object.keys(SCRIPTS);
    const nearest = nearestName(shell, known);
    throw new UsageError(
      `unknown shell "${shell}"${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`,
      `known: ${known.join(', ')}`,
    );
  }
  const { registry } = createRidgeline({ plugins: builtinPlugins() }).engine;
  const tree = completionTree(program, [...registry.views.keys()]);
  io.out.write(SCRIPTS[shell as keyof typeof SCRIPTS](tree));
  return EXIT.done;
}
