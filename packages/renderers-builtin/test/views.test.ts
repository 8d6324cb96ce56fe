import {
  compileLayer,
  foldLayer,
  Interpreter,
  type LayerResult,
  layerOf,
  noSettings,
  offeredValues,
  RenderScope,
  type Report,
  renderView,
  TrackedContext,
  type ViewDef,
  type ViewRequest,
} from '@ridgeline/core';
import { builtinViews } from '@ridgeline/renderers-builtin';
import { describe, expect, it } from 'vitest';
import { edgesOfTopology, environment, type GivenNode, reportOf } from './given-report.ts';

function viewOf(name: string): ViewDef {
  const view = builtinViews.find((candidate) => candidate.name === name);
  if (view === undefined) throw new Error(`there is no view ${name}`);
  return view;
}

function contextOf(report: Report): TrackedContext {
  return new TrackedContext(report, new RenderScope());
}

/** A view with the options that are chosen, the rest by default. */
function show(name: string, report: Report, options: ViewRequest['options'] = {}): LayerResult {
  const view = viewOf(name);
  const layer = layerOf(view, { view: name, options }, noSettings, contextOf(report));
  return renderView(view, report, compileLayer(layer, environment), new Interpreter(environment));
}

function shown(name: string, report: Report, options?: ViewRequest['options']): readonly string[] {
  return Object.keys(edgesOfTopology(show(name, report, options).topology));
}

const image = (name: string): GivenNode => ({ latest: { docker_image_name: name } });
const container = (of: string, more: Readonly<Record<string, string>> = {}): GivenNode => ({
  latest: { docker_image_id: of, docker_container_hostname: of, ...more },
});

describe('the built-in views', () => {
  it('are those of Scope with their parents, and the endpoints', () => {
    expect(
      Object.fromEntries(builtinViews.map(({ name, parent, label, rank }) => [name, [parent, label, rank]])),
    ).toEqual({
      processes: [undefined, 'Processes', 1],
      'processes-by-name': ['processes', 'by name', 0],
      endpoints: ['processes', 'by endpoint', 1],
      containers: [undefined, 'Containers', 2],
      'containers-by-hostname': ['containers', 'by DNS name', 0],
      'containers-by-image': ['containers', 'by image', 0],
      pods: [undefined, 'Pods', 3],
      'kube-controllers': ['pods', 'Controllers', 0],
      services: ['pods', 'Services', 0],
      'ecs-tasks': [undefined, 'Tasks', 3],
      'ecs-services': ['ecs-tasks', 'Services', 0],
      'swarm-services': [undefined, 'Services', 3],
      hosts: [undefined, 'Hosts', 4],
      weave: ['hosts', 'Weave Net', 0],
    });
  });

  it('offer namespaces and stacks as the report has them', () => {
    const report = reportOf({
      namespace: {
        'b;<namespace>': { latest: { kubernetes_name: 'prod' } },
        'a;<namespace>': { latest: { kubernetes_name: 'dev' } },
        'c;<namespace>': { latest: { kubernetes_name: 'prod' } },
      },
      swarm_service: {
        's;<swarm_service>': { latest: { stack_namespace: 'shop' } },
        't;<swarm_service>': { latest: { stack_namespace: 'shop' } },
      },
    });
    const offered = viewOf('containers')
      .options.filter(({ id }) => id === 'namespace')
      .map((group) => offeredValues(group, contextOf(report)).map(({ value }) => value));
    expect(offered).toEqual([['dev', 'prod', 'prod'], ['shop']]);
  });
});

describe('options', () => {
  const report = reportOf({
    container: {
      'web;<container>': container('web'),
      'exited;<container>': container('web', { docker_container_state: 'exited' }),
      'weave;<container>': container('weave', { docker_container_name: 'weave' }),
    },
  });
  const ids = (...names: string[]): string[] => names.map((name) => `${name};<container>`);

  it('hide what is stopped and what is of the system, unless asked', () => {
    expect(shown('containers', report)).toEqual(ids('web'));
    expect(shown('containers', report, { stopped: 'both' })).toEqual(ids('exited', 'web'));
    expect(shown('containers', report, { stopped: 'stopped' })).toEqual(ids('exited'));
    expect(shown('containers', report, { system: 'system' })).toEqual(ids('weave'));
    expect(shown('containers', report, { system: 'all' })).toEqual(ids('weave', 'web'));
  });

  it('hide unconnected processes by the orphan policy, which leaves nothing without an edge', () => {
    const host = { host_node_id: 'h;<host>' };
    const processes = reportOf({
      process: { 'h;1': {}, 'h;2': {}, 'h;3': {} },
      endpoint: {
        ';10.0.0.1;1': { latest: { ...host, pid: '1' }, to: [';10.0.0.1;80'] },
        ';10.0.0.1;80': { latest: { ...host, pid: '2' } },
      },
      host: { 'h;<host>': { sets: { local_networks: ['10.0.0.0/8'] } } },
    });
    expect(shown('processes', processes)).toEqual(['h;1', 'h;2']);
    expect(show('processes', processes).ledger).toMatchObject({ total: 3, filtered: 1, orphaned: 1 });
    expect(shown('processes', processes, { unconnected: 'show' })).toEqual(['h;1', 'h;2', 'h;3']);
  });

  it('hide what is uncontained, and never the Internet', () => {
    const host = { host_node_id: 'h;<host>' };
    const talking = reportOf({
      process: { 'h;1': {}, 'h;2': { latest: { docker_container_id: 'web' } } },
      host: { 'h;<host>': { sets: { local_networks: ['10.0.0.0/8'] } } },
      endpoint: {
        ';10.0.0.1;1': { latest: { ...host, pid: '1' }, to: [';10.0.0.2;80'] },
        ';10.0.0.2;80': { latest: { ...host, pid: '2' }, to: [';8.8.8.8;53'] },
        ';8.8.8.8;53': {},
      },
    });
    expect(shown('containers', talking)).toEqual(['out-theinternet', 'web;<container>']);
    expect(shown('containers', talking, { pseudo: 'show' })).toContain('pseudo:uncontained:h');
  });

  it('take several namespaces as any of them', () => {
    const pods = reportOf({
      namespace: {
        'a;<namespace>': { latest: { kubernetes_name: 'a' } },
        'b;<namespace>': { latest: { kubernetes_name: 'b' } },
      },
      pod: Object.fromEntries(
        ['a', 'b', 'c'].map((name) => [`${name};<pod>`, { latest: { kubernetes_namespace: name } }]),
      ),
    });
    expect(shown('pods', pods)).toEqual(['a;<pod>', 'b;<pod>', 'c;<pod>']);
    expect(shown('pods', pods, { namespace: ['a', 'b'] })).toEqual(['a;<pod>', 'b;<pod>']);
    expect(shown('pods', pods, { namespace: 'a' })).toEqual(['a;<pod>']);
  });
});

describe('grouped container views', () => {
  it('filter containers before they are grouped (semantics.md §4, second worked example)', () => {
    const report = reportOf({
      container_image: { 'a;<container_image>': image('a'), 'b;<container_image>': image('b') },
      container: {
        '1;<container>': container('a'),
        '2;<container>': container('a'),
        '3;<container>': container('a', { docker_container_name: 'weave' }),
        '4;<container>': container('b', { docker_container_name: 'weave' }),
      },
    });
    const { topology, ledger } = show('containers-by-image', report);
    expect(ledger).toMatchObject({ total: 2, shown: 1, filtered: 1, orphaned: 0 });
    expect(ledger.members).toEqual({ total: 4, shown: 2, filtered: 2 });
    expect(Object.keys(edgesOfTopology(topology))).toEqual(['a;<container_image>']);
    expect(shown('containers-by-hostname', report)).toEqual(['a']);
  });

  it('are silent about filters inside their plans (semantics.md §4, first worked example)', () => {
    const report = reportOf({
      container: {
        '1;<container>': container('a', { docker_container_state: 'running' }),
        '2;<container>': container('a', { docker_container_state: 'exited' }),
        '3;<container>': container('a', { docker_container_state: 'deleted' }),
        '4;<container>': container('a', { docker_container_state: 'deleted' }),
      },
    });
    const view = viewOf('containers');
    const { ledger } = renderView(
      view,
      report,
      compileLayer(foldLayer([]), environment),
      new Interpreter(environment),
    );
    expect(ledger).toMatchObject({ total: 2, shown: 2, filtered: 0 });
    expect(show('containers', report).ledger).toMatchObject({ total: 2, shown: 1, filtered: 1 });
  });
});
