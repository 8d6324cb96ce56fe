import * as core from '@ridgeline/core';
import * as filters from '@ridgeline/filters-builtin';
import * as renderers from '@ridgeline/renderers-builtin';
import * as vocabulary from '@ridgeline/vocabulary';
import * as rxjs from 'rxjs';
import * as zod from 'zod';
import { defineConfig } from './define-config.ts';

/** The modules that configs and plugins get from the running process, by the name they import them by. */
export function sharedModules(): Record<string, unknown> {
  return {
    '@ridgeline/core': core,
    '@ridgeline/core/filter': core,
    '@ridgeline/filters-builtin': filters,
    '@ridgeline/renderers-builtin': renderers,
    '@ridgeline/runtime': { defineConfig },
    '@ridgeline/vocabulary': vocabulary,
    rxjs,
    zod,
  };
}
