import { nearestName, type Plugin } from '@ridgeline/core';
import { type BuiltinSource, builtinSources } from '@ridgeline/runtime';
import { UsageError } from '../failure.ts';
import { withoutSources } from './session-config.ts';

/**
 * The plugins to run: those of the config, with the sources asked for in place of its own, if any.
 *
 * @param specs - `procfs` or `procfs:every=500,root=/copy/of/proc`
 * @throws UsageError for an unknown source; RidgelineError `BAD_OPTIONS` for its options
 */
export function pluginsFor(specs: readonly string[], configured: readonly Plugin[]): readonly Plugin[] {
  return specs.length === 0 ? configured : [...withoutSources(configured), ...specs.map(readSpec)];
}

function readSpec(spec: string): Plugin {
  const colon = spec.indexOf(':');
  const name = colon < 0 ? spec : spec.slice(0, colon);
  const source = findSource(name);
  const options: Record<string, unknown> = {};
  for (const pair of colon < 0 ? [] : spec.slice(colon + 1).split(',')) {
    const equals = pair.indexOf('=');
    if (equals <= 0) {
      throw new UsageError(
        `--source ${spec}: "${pair}" is not of the form option=value`,
        'sources and their options: ridgeline sources',
      );
    }
    options[pair.slice(0, equals)] = readValue(pair.slice(equals + 1));
  }
  return source.plugin(options);
}

function findSource(name: string): BuiltinSource {
  const source = builtinSources.find((candidate) => candidate.def.name === name);
  if (source !== undefined) return source;
  const known = builtinSources.map((candidate) => candidate.def.name);
  const nearest = nearestName(name, known);
  throw new UsageError(
    `unknown source "${name}"${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`,
    `known: ${known.join(', ')}`,
  );
}

/** A number or a truth value where the text is one; else the text. */
function readValue(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
