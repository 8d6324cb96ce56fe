import type { Plugin } from '@ridgeline/core';
import * as z from 'zod';
import type { AnyPluginFactory, Config } from './config.ts';

/** Marks what only a script can say: it is left out of the JSON Schema and of the tables. */
export const SCRIPT_ONLY = 'scriptOnly';

const jsonForm = z
  .record(z.string(), z.unknown())
  // What these keys are in is more than a filter: its other keys are checked.
  .refine((form) => !Object.hasOwn(form, 'where') && !Object.hasOwn(form, 'parameters'), {
    abort: true,
  })
  .meta({ not: { anyOf: [{ required: ['where'] }, { required: ['parameters'] }] } });

const filter = z
  .union([z.boolean(), z.string(), jsonForm], {
    error: 'a filter is a text, an object, true or false',
  })
  .meta({ title: 'filter', description: 'a filter as text or in its JSON form' });

const pseudo = z
  .enum(['exempt', 'test'])
  .describe('whether it tests pseudo nodes, such as the Internet, too');

const chainEntry = z
  .strictObject({
    where: filter.describe('the filter'),
    name: z.string().min(1).optional().describe('what it is called where it is counted'),
    pseudo: pseudo.optional(),
  })
  .meta({ title: 'clause' });

const chain = z.array(
  z.union([chainEntry, filter], { error: 'a filter is a text, an object, true or false' }),
);

const optionValues = z
  .record(
    z.string(),
    z.union([z.string(), z.array(z.string())], {
      error: 'a value of an option is a text, or a list of them',
    }),
  )
  .describe('values of option groups, in place of the defaults of the view');

const parameter = z.strictObject({
  name: z.string().min(1).describe('to which the filter refers as `$name`'),
  default: z
    .union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))], {
      error: 'a default is a text, a number, true, false or a list',
    })
    .optional()
    .describe('its value where none is given; without one it must be given'),
});

const namedFilter = z
  .strictObject({
    parameters: z
      .array(z.union([z.string(), parameter], { error: 'a parameter is a name, or { name, default }' }))
      .optional()
      .describe('in the order of positional arguments'),
    where: filter.describe('the filter, with `$name` for a parameter'),
  })
  .meta({ title: 'named filter' });

const view = z
  .strictObject({
    filters: chain.optional().describe('filters added to whatever is asked of the view; all must hold'),
    options: optionValues.optional(),
    orphans: z
      .enum(['keep', 'drop-pseudo', 'drop'], {
        error: 'expected "keep", "drop-pseudo" or "drop"',
      })
      .optional()
      .describe('what becomes of nodes without an edge'),
  })
  .meta({ title: 'view' });

const derivedView = z
  .strictObject({
    of: z.string().min(1).describe('the view whose nodes are grouped; filters go on acting on them'),
    by: z.string().min(1).describe('the field whose value names the group, such as `label.team`'),
    label: z.string().min(1).optional().describe('what the view is called; by default its name'),
    rank: z
      .number()
      .optional()
      .describe('views are listed by ascending rank; by default that of the other view'),
    missing: z
      .enum(['gather', 'keep', 'drop'], { error: 'expected "gather", "keep" or "drop"' })
      .optional()
      .describe('nodes without the field go under one node (`gather`, the default), stay as they are, or go'),
    options: optionValues.optional(),
  })
  .meta({ title: 'derived view' });

const externalGroup = z.union(
  [
    z.array(z.string()),
    z
      .strictObject({
        networks: z.array(z.string()).optional().describe('addresses and networks, such as `203.0.113.0/24`'),
        domains: z.array(z.string()).optional().describe('DNS names; each stands for those under it, too'),
      })
      .meta({ title: 'external group' }),
  ],
  { error: 'an external group is a list of networks and domains, or { networks, domains }' },
);

const hideEntry = z
  .strictObject({
    where: filter.describe('the filter; what it holds for is hidden'),
    of: z
      .union([z.string().min(1), z.array(z.string().min(1))], {
        error: 'expected a topology, or a list of them',
      })
      .optional()
      .describe('the topologies it is asked of, such as `container`; by default all'),
  })
  .meta({ title: 'hidden nodes' });

const hide = z
  .strictObject({
    namespaces: z.array(z.string().min(1)).optional().describe('Kubernetes namespaces and Swarm stacks'),
    hosts: z.array(z.string().min(1)).optional().describe('hosts, by their names'),
    labels: z
      .record(
        z.string(),
        z.union([z.string(), z.array(z.string())], {
          error: 'a value of a label is a text, or a list of them',
        }),
      )
      .optional()
      .describe('what has one of these labels'),
    where: z
      .array(z.union([hideEntry, filter], { error: 'a filter is a text, an object, true or false' }))
      .optional()
      .describe('filters; what any of them holds for is hidden'),
  })
  .meta({ title: 'hide' });

const redact = z
  .strictObject({
    arguments: z.boolean().optional().describe('command lines are cut behind the command'),
    environment: z.boolean().optional().describe('environment variables are left out'),
    keys: z
      .array(z.string().min(1))
      .optional()
      .describe(
        'keys of attributes that are left out, such as `docker_label_internal.*`; `*` only at the end',
      ),
  })
  .meta({ title: 'redact' });

const policy = z
  .strictObject({
    hide: hide.optional().describe('what is not there, with all that only it leads to'),
    redact: redact.optional().describe('what is left out of what is shown'),
  })
  .meta({ title: 'policy' });

const roles = z
  .strictObject({
    viewer: z.string().min(1).optional().describe('the policy of viewers; without one they see all'),
    operator: z.string().min(1).optional().describe('the policy of operators; without one they see all'),
  })
  .meta({ title: 'roles' });

const factory = z
  .custom<AnyPluginFactory>((value) => typeof value === 'function')
  .meta({ [SCRIPT_ONLY]: true });

const plugin = z.union(
  [
    z.string().min(1),
    factory,
    z
      .custom<Plugin>((value) => (value as { kind?: unknown } | null)?.kind === 'plugin')
      .meta({ [SCRIPT_ONLY]: true }),
    z
      .strictObject({
        use: z
          .union([z.string().min(1), factory], { error: 'expected a package or a path' })
          .describe('a package or a path; in a script also a value'),
        export: z.string().optional().describe('which export of the module, where there are several'),
        options: z.unknown().optional().describe('its options'),
      })
      .meta({ title: 'plugin' }),
  ],
  { error: 'a plugin is a package, a path or { use, export, options }' },
);

const config = z.strictObject({
  $schema: z.string().optional().describe('where an editor finds the JSON Schema'),
  extends: z
    .union([z.string().min(1), z.array(z.string().min(1))], {
      error: 'expected a path or package, or a list of them',
    })
    .optional()
    .describe('configs this one builds on: paths or packages; the later is laid over the earlier'),
  sources: z
    .record(
      z.string(),
      z.union([z.boolean(), z.record(z.string(), z.unknown())], {
        error: 'a source is set by its options, by true or by false',
      }),
    )
    .optional()
    .describe('by name: options of the source, `true` for its defaults, `false` to switch it off'),
  plugins: z.array(plugin).optional().describe('packages or paths; in a script also values'),
  filters: z
    .record(
      z.string(),
      z.union([namedFilter, filter], { error: 'a filter is a text, an object, true or false' }),
    )
    .optional()
    .describe('named filters, for use in all others'),
  views: z.record(z.string(), view).optional().describe('what is set of a view by its name, and of `all`'),
  derived: z
    .record(z.string(), derivedView)
    .optional()
    .describe('views made of others by grouping their nodes'),
  external: z.record(z.string(), externalGroup).optional().describe('by name: parts of the Internet'),
  policies: z.record(z.string(), policy).optional().describe('by name: what readers must not see'),
  roles: roles.optional().describe('by role of the server: the policy it is under'),
});

/** What a config may say. Names (of views, fields, sources) are checked later, when plugins are there. */
export const configSchema: z.ZodType<Config> = config.meta({
  title: 'Ridgeline config',
  description: 'ridgeline.config.{ts,js,mjs,json,yaml,yml}',
});

/** The parts of a config that have a table of their own, by title. */
export const documentedParts: readonly { readonly title: string; readonly schema: z.ZodObject }[] = [
  { title: 'config', schema: config },
  { title: 'view', schema: view },
  { title: 'clause', schema: chainEntry },
  { title: 'named filter', schema: namedFilter },
  { title: 'parameter', schema: parameter },
  { title: 'derived view', schema: derivedView },
  { title: 'policy', schema: policy },
  { title: 'hide', schema: hide },
  { title: 'hidden nodes', schema: hideEntry },
  { title: 'redact', schema: redact },
  { title: 'roles', schema: roles },
];
