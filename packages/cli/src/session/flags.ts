import type { OrphanPolicy } from '@ridgeline/core';
import type { KernelFlags } from './kernel-sources.ts';
import type { ConfigFlag } from './session-config.ts';

/** What the flags of a view ask for, as commander gives it. */
export interface ViewFlags extends ConfigFlag {
  readonly filter: readonly string[];
  /** `group=value` */
  readonly option: readonly string[];
  readonly orphans?: OrphanPolicy;
  readonly raw?: boolean;
}

/** What the flags of the sources ask for. */
export interface SourceFlags extends KernelFlags {
  /** `name` or `name:option=value,…` */
  readonly source: readonly string[];
  readonly reverseDns?: boolean;
}

export type Format = 'table' | 'json' | 'dot' | 'mermaid' | 'svg' | 'ndjson';

export const FORMATS: readonly Format[] = ['table', 'json', 'dot', 'mermaid', 'svg', 'ndjson'];
export const ORPHAN_POLICIES: readonly OrphanPolicy[] = ['keep', 'drop-pseudo', 'drop'];
