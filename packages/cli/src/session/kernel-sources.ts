import type { Plugin, SourceUse } from '@ridgeline/core';
import { conntrackPlugin, ebpfPlugin } from '@ridgeline/runtime';

/** What is asked of the sources that the kernel tells. */
export interface KernelFlags {
  readonly ebpf?: EbpfMode;
  readonly conntrack?: ConntrackMode;
}

export type EbpfMode = 'off' | 'auto' | 'require';
export type ConntrackMode = 'off' | 'auto';

export const EBPF_MODES: readonly EbpfMode[] = ['off', 'auto', 'require'];
export const CONNTRACK_MODES: readonly ConntrackMode[] = ['off', 'auto'];

/** The plugins with the sources `ebpf` and `conntrack` as the flags ask for: what they do not speak of stays as it is. */
export function withKernelSources(
  plugins: readonly Plugin[],
  { ebpf, conntrack }: KernelFlags,
): readonly Plugin[] {
  let asked = plugins;
  if (ebpf !== undefined) {
    const options = optionsOf(asked, 'ebpf');
    asked = without(asked, 'ebpf');
    if (ebpf !== 'off') asked = [...asked, ebpfPlugin({ ...options, mode: ebpf })];
  }
  if (conntrack === 'off') asked = without(asked, 'conntrack');
  if (conntrack === 'auto' && optionsOf(asked, 'conntrack') === undefined) {
    asked = [...asked, conntrackPlugin()];
  }
  return asked;
}

/** The options that a source is configured with, if it is. */
function optionsOf(plugins: readonly Plugin[], name: string): object | undefined {
  const uses = plugins.flatMap(({ contributions }) => contributions.sources ?? []);
  // A list holds sources of any options; those of a built-in source are an object.
  const use = uses.find(({ def }) => def.name === name) as SourceUse | undefined;
  return use?.options as object | undefined;
}

function without(plugins: readonly Plugin[], name: string): readonly Plugin[] {
  return plugins.map((plugin) =>
    plugin.contributions.sources === undefined
      ? plugin
      : {
          ...plugin,
          contributions: {
            ...plugin.contributions,
            sources: plugin.contributions.sources.filter(({ def }) => def.name !== name),
          },
        },
  );
}
