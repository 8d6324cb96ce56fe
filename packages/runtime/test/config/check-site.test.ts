import { readdirSync } from 'node:fs';
import {
  attributeField,
  decorate,
  definePlugin,
  defineRenderer,
  defineSource,
  defineTopology,
  defineView,
  group,
  type Plugin,
  select,
  taggedId,
  textAttribute,
  useSource,
} from '@ridgeline/core';
import { containers } from '@ridgeline/renderers-builtin';
import { containerState } from '@ridgeline/vocabulary';
import { EMPTY } from 'rxjs';
import { afterEach, expect, it } from 'vitest';
import { formatConfigIssue } from '../../src/config/issue.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { offeredSources } from '../../src/config/load-runtime-config.ts';
import { viewingPlugins } from '../../src/index.ts';
import { ConfigFolder } from './config-folder.ts';

const folders: ConfigFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

/** What is wrong with chains of filters, by view. */
async function check(
  views: Readonly<Record<string, readonly unknown[]>>,
  { plugins = [], more = {} }: { readonly plugins?: readonly Plugin[]; readonly more?: object } = {},
): Promise<readonly string[]> {
  const folder = new ConfigFolder();
  folders.push(folder);
  const chains = Object.entries(views).map(([name, filters]) => [name, { filters }]);
  folder.write({
    'ridgeline.config.json': JSON.stringify({ views: Object.fromEntries(chains), ...more }, undefined, 1),
  });
  expect(readdirSync(folder.path)).toHaveLength(1);
  const outcome = await loadConfig({
    directory: folder.path,
    plugins: [...viewingPlugins(), ...plugins],
    sources: offeredSources(),
  });
  return outcome.ok ? [] : outcome.issues.map((issue) => `[${issue.code}] ${formatConfigIssue(issue)}`);
}

it('tells of a field that no node of the view has, where it is written, and where it belongs', async () => {
  expect(await check({ processes: ['name = web', 'not docker.state = exited'] })).toEqual([
    [
      '[misplaced] ridgeline.config.json:6:10 views.processes.filters[1]: no node of view processes has "docker.state": it is on nodes of container; write it under containers, containers-by-hostname or containers-by-image',
      '  not docker.state = exited',
      '      ^~~~~~~~~~~~',
    ].join('\n'),
  ]);
});

it.each([
  ['containers', 'cmdline ~ java', 'cmdline'],
  ['containers', 'k8s.state = Running', 'k8s.state'],
  ['pods', 'docker.state = running', 'docker.state'],
  ['hosts', { 'docker.state': ['running'] }, 'docker.state'],
  ['processes-by-name', 'threads > 1', 'threads'],
  ['kube-controllers', 'has(docker.image)', 'docker.image'],
  ['processes', 'not (name = a or endpoint.listening = true)', 'endpoint.listening'],
] as const)('tells in view %s of %j', async (view, filter, field) => {
  expect(await check({ [view]: [filter] })).toEqual([
    expect.stringContaining(
      `views.${view}.filters[0]: no node of view ${view} has "${field}": it is on nodes of`,
    ),
  ]);
});

it('asks a filter for all views only to be right in one', async () => {
  expect(await check({ all: ['not docker.state = exited', 'not threads > 9'] })).toEqual([]);
});

it('looks at the stage where filters act, and into named filters', async () => {
  expect(await check({ 'containers-by-image': ['docker.state = running'] })).toEqual([]);
  const more = { filters: { mine: 'docker.state = running' } };
  expect(await check({ hosts: ['mine'] }, { more })).toEqual([expect.stringContaining('"docker.state"')]);
});

it('says nothing of what is open: labels, metrics, counts, fields of plugins', async () => {
  const plugin = definePlugin({
    name: 'extra',
    contribute: () => ({ fields: [attributeField(textAttribute('shift'), 'who is on call')] }),
  });
  const filters = [
    'label.team = shop',
    'metric.cpu > 1%',
    'count.container > 0',
    'shift = night',
    'degree > 1',
    'running',
    'address in (10.0.0.0/8)',
    'topology = process',
  ];

  expect(await check({ processes: filters, hosts: filters }, { plugins: [plugin()] })).toEqual([]);
});

it('says nothing where a plugin may have put the field there: a decoration, an unknown grouping', async () => {
  const states = decorate(select('process'), {
    name: 'states',
    writes: [containerState.key],
    by: () => () => {},
  });
  const teams = group(containers.plan, { into: 'team', by: () => taggedId('team').encode('a') });
  const view = (name: string, plan: typeof teams | typeof states) =>
    defineView({ name, label: name, renderer: defineRenderer({ name, plan }) });
  const plugin = definePlugin({
    name: 'extra',
    contribute: () => ({
      topologies: [defineTopology({ name: 'team' })],
      views: [view('states', states), view('teams', teams)],
    }),
  });

  expect(
    await check({ states: ['docker.state = up'], teams: ['docker.state = up'] }, { plugins: [plugin()] }),
  ).toEqual([]);
  expect(await check({ states: ['docker.ips = up'] }, { plugins: [plugin()] })).toHaveLength(1);
});

it('says nothing of topologies that a plugin of the config reports', async () => {
  const folder = new ConfigFolder();
  folders.push(folder);
  const sourced = definePlugin({
    name: 'sourced',
    contribute: () => ({
      sources: [
        useSource(
          defineSource({
            name: 'mine',
            description: 'processes that know more',
            produces: ['process'],
            interval: () => 1000,
            connect: () => EMPTY,
          }),
        ),
      ],
    }),
  });
  folder.write({ 'ridgeline.config.yaml': 'views: { processes: { filters: [docker.state = up] } }' });
  const importModule = async () => ({ default: sourced });
  folder.write({
    'plugin.js': '',
    'ridgeline.config.yaml':
      'plugins: [./plugin.js]\nviews: { processes: { filters: [docker.state = up] } }\n',
  });

  const config = await folder.load({ plugins: viewingPlugins(), sources: offeredSources(), importModule });

  expect(config.settings.views.processes?.chain).toHaveLength(1);
});
