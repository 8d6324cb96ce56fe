import { readFileSync } from 'node:fs';
import * as core from '@ridgeline/core';
import * as live from '@ridgeline/core/live';
import * as rxjs from 'rxjs';
import { afterAll, expect, it } from 'vitest';
import * as zod from 'zod';
import { importModule } from '../../src/config/import-module.ts';
import { sharedModules } from '../../src/config/shared-modules.ts';
import { loadConfig } from '../../src/index.ts';
import { ConfigFolder } from './config-folder.ts';

const folder = new ConfigFolder();
afterAll(() => folder.remove());

/** The packages that plugins are written with. */
const PACKAGES = ['core', 'vocabulary', 'filters-builtin', 'renderers-builtin', 'runtime'];

it('are all public entries of the packages that plugins are written with', async () => {
  const entries = PACKAGES.flatMap((name) => {
    const file = new URL(`../../../${name}/package.json`, import.meta.url);
    const { exports } = JSON.parse(readFileSync(file, 'utf8')) as { readonly exports: object };
    return Object.keys(exports)
      .filter((entry) => !entry.endsWith('.json'))
      .map((entry) => `@ridgeline/${name}${entry.slice(1)}`);
  });

  expect(Object.keys(await sharedModules())).toEqual(expect.arrayContaining(entries));
});

it('are the same objects in a plugin, and in what a plugin brings along', async () => {
  const packageOf = (name: string): string =>
    JSON.stringify({ name, version: '1.0.0', type: 'module', exports: './index.js' });
  folder.write({
    'node_modules/@acme/kit/package.json': packageOf('@acme/kit'),
    'node_modules/@acme/kit/index.js': `
      export { RidgelineError, asItself } from '@ridgeline/core';
      export { test } from '@ridgeline/core/filter';
    `,
    'node_modules/@acme/teams/package.json': packageOf('@acme/teams'),
    'node_modules/@acme/teams/index.js': `
      export * as kit from '@acme/kit';
      export * as core from '@ridgeline/core';
      export * as live from '@ridgeline/core/live';
      export * as runtime from '@ridgeline/runtime';
      export { Observable } from 'rxjs';
      export { map } from 'rxjs/operators';
      export { z } from 'zod';
    `,
  });

  const got = (await importModule('@acme/teams', `${folder.path}/ridgeline.config.ts`)) as {
    readonly core: typeof core;
    readonly live: typeof live;
    readonly runtime: { readonly loadConfig: typeof loadConfig };
    readonly kit: { readonly RidgelineError: unknown; readonly asItself: symbol; readonly test: unknown };
    readonly Observable: unknown;
    readonly map: unknown;
    readonly z: unknown;
  };

  expect(got.core.RidgelineError).toBe(core.RidgelineError);
  expect(got.kit.RidgelineError).toBe(core.RidgelineError);
  expect(got.kit.asItself).toBe(core.asItself);
  expect(got.kit.test).toBe(core.test);
  expect(got.live.watchView).toBe(live.watchView);
  expect(got.runtime.loadConfig).toBe(loadConfig);
  expect(got.Observable).toBe(rxjs.Observable);
  expect(got.map).toBe(rxjs.map);
  expect(got.z).toBe(zod.z);
});
