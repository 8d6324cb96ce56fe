import { definePlugin, type Plugin, type PluginFactory } from '@ridgeline/core';
import { describe, expectTypeOf, it } from 'vitest';
import * as z from 'zod';
import { type AnyPluginFactory, defineConfig, procfsPlugin } from '../../src/index.ts';

const contribute = () => ({});
const teams = definePlugin({
  name: 'teams',
  options: z.object({ label: z.string().default('team') }),
  contribute,
});
const tail = definePlugin({ name: 'tail', options: z.strictObject({ file: z.string() }), contribute });
const plain = definePlugin({ name: 'plain', contribute });

/** A factory of which only a type parameter is known. */
function wrap<Input>(factory: PluginFactory<Input>): AnyPluginFactory {
  return factory;
}

describe('plugins of a config', () => {
  it('may be factories of any options, without a cast', () => {
    defineConfig({ plugins: [teams, tail, plain, procfsPlugin, wrap(tail)] });
    defineConfig({
      plugins: [
        { use: teams, options: { label: 'squad' } },
        { use: tail, options: { file: 'log' } },
        { use: './plugins/teams.ts', export: 'teams', options: { label: 'squad' } },
      ],
    });
    const list: readonly AnyPluginFactory[] = [teams, tail, plain];
    defineConfig({ plugins: list });
  });

  it('may be plugins, and functions written by hand', () => {
    defineConfig({ plugins: [teams({ label: 'squad' }), tail({ file: 'log' }), plain()] });
    defineConfig({ plugins: [(options: { readonly file: string }) => tail(options), () => plain()] });
  });

  it('are not anything else', () => {
    // @ts-expect-error: a number is no plugin
    defineConfig({ plugins: [3] });
    // @ts-expect-error: a function that gives no plugin
    defineConfig({ plugins: [() => 'plugin'] });
  });
});

describe('a factory', () => {
  it('says what it makes, and of what', () => {
    expectTypeOf(tail.pluginName).toBeString();
    expectTypeOf<Parameters<typeof tail>>().toEqualTypeOf<[options: { file: string }]>();
    expectTypeOf<ReturnType<typeof tail>>().toEqualTypeOf<Plugin>();
    expectTypeOf(teams).toExtend<AnyPluginFactory>();
    expectTypeOf(tail).toExtend<PluginFactory<{ file: string }>>();
  });
});
