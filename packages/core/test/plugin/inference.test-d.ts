import {
  defineFilter,
  definePlugin,
  defineSource,
  type FilterDef,
  type Plugin,
  type SourceDef,
  useSource,
} from '@ridgeline/core';
import { EMPTY } from 'rxjs';
import { describe, expectTypeOf, it } from 'vitest';
import * as z from 'zod';

const options = z.object({ label: z.string().default('team') });

describe('options of one schema', () => {
  it('reach the function of a filter', () => {
    const filter = defineFilter({
      name: 'labelled',
      description: 'has the label',
      options,
      build: (given) => {
        expectTypeOf(given).toEqualTypeOf<{ label: string }>();
        return (node) => node.raw(given.label) !== undefined;
      },
    });
    expectTypeOf(filter).toEqualTypeOf<FilterDef<{ label: string }>>();
  });

  it('reach the functions of a source, and are asked of who uses it', () => {
    const source = defineSource({
      name: 'silent',
      description: 'says nothing',
      produces: [],
      options,
      interval: ({ label }) => label.length,
      connect: (given, context) => {
        expectTypeOf(given).toEqualTypeOf<{ label: string }>();
        expectTypeOf(context.host).toBeString();
        return EMPTY;
      },
    });
    expectTypeOf(source).toEqualTypeOf<SourceDef<{ label: string }, { label?: string | undefined }>>();
    useSource(source);
    useSource(source, { label: 'squad' });
    // @ts-expect-error: a label is a text
    useSource(source, { label: 1 });
  });

  it('reach a plugin, and are asked of who uses it', () => {
    const teams = definePlugin({
      name: 'teams',
      options,
      contribute: (given) => {
        expectTypeOf(given).toEqualTypeOf<{ label: string }>();
        return {};
      },
    });
    expectTypeOf(teams({ label: 'squad' })).toEqualTypeOf<Plugin>();
    teams();
    teams({});
    // @ts-expect-error: a label is a text
    teams({ label: 1 });
    // @ts-expect-error: no such option
    teams({ lable: 'squad' });
  });

  it('may not be left out where one has no default', () => {
    const tail = definePlugin({
      name: 'tail',
      options: z.object({ file: z.string() }),
      contribute: ({ file }) => {
        expectTypeOf(file).toBeString();
        return {};
      },
    });
    tail({ file: 'log' });
    // @ts-expect-error: the file is missing
    tail();
  });
});
