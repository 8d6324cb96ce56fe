import * as core from '@ridgeline/core';
import * as filter from '@ridgeline/core/filter';
import * as live from '@ridgeline/core/live';
import * as wire from '@ridgeline/core/wire';
import * as filters from '@ridgeline/filters-builtin';
import * as renderers from '@ridgeline/renderers-builtin';
import * as vocabulary from '@ridgeline/vocabulary';
import * as rxjs from 'rxjs';
import * as operators from 'rxjs/operators';
import * as zod from 'zod';

/**
 * The modules that configs and plugins get from the running process, by the name they import them by: every public entry of
 * the packages that plugins are written with, so that no class, symbol or table of theirs is there twice.
 */
export async function sharedModules(): Promise<Record<string, unknown>> {
  return {
    '@ridgeline/core': core,
    '@ridgeline/core/filter': filter,
    '@ridgeline/core/live': live,
    '@ridgeline/core/wire': wire,
    '@ridgeline/filters-builtin': filters,
    '@ridgeline/renderers-builtin': renderers,
    // this package itself, by its name: whole by the time that anything is imported
    '@ridgeline/runtime': await import('@ridgeline/runtime'),
    '@ridgeline/vocabulary': vocabulary,
    rxjs,
    'rxjs/operators': operators,
    zod,
  };
}
