import {
  definePlugin,
  defineSource,
  makeReport,
  type Report,
  type SourceContext,
  TopologyBuilder,
  useSource,
} from '@ridgeline/core';
import { procfs } from '@ridgeline/source-procfs';
import { endpointId, hostId, hostNodeId, pid, processId, processName } from '@ridgeline/vocabulary';
import { filter, firstValueFrom, map, NEVER, Observable, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { createRidgeline, describeOptions, type Log, reverseDns, viewingPlugins } from '../src/index.ts';

const at = 1_700_000_000_000;

/** A report of one process with a socket to an address elsewhere. */
function report({ symbols, host }: SourceContext): Report {
  const processes = new TopologyBuilder('process', symbols(), at);
  const row = processes.row(processId.encode(host, '7'));
  processes.set(row, processName, 'curl');
  processes.set(row, hostNodeId, hostId.encode(host));
  const endpoints = new TopologyBuilder('endpoint', symbols(), at);
  const own = endpoints.row(endpointId.encode('', '192.0.2.1', '40000'));
  endpoints.set(own, pid, '7');
  endpoints.set(own, hostNodeId, hostId.encode(host));
  const other = endpointId.encode('', '198.51.100.7', '443');
  endpoints.row(other);
  endpoints.edge(own, other);
  return makeReport({
    symbols: symbols(),
    window: { from: at - 1000, to: at },
    topologies: [processes.build(), endpoints.build()],
  });
}

/** A source that reports once and stays, as a plugin. */
function once(name: string, connect: (context: SourceContext) => Observable<Report>) {
  const def = defineSource({
    name,
    description: 'for this test',
    produces: ['process', 'endpoint'],
    interval: () => 1000,
    connect: (_, context) => connect(context),
  });
  return definePlugin({ name, contribute: () => ({ sources: [useSource(def)] }) })();
}

function reportOnce(context: SourceContext): Observable<Report> {
  return new Observable((subscriber) => {
    subscriber.next(report(context));
    return NEVER.subscribe();
  });
}

describe('createRidgeline', () => {
  it('has the built-in views, filters and sources, and a host, a clock and an epoch of its own', () => {
    const one = createRidgeline();
    expect(one.engine.registry.views.has('processes')).toBe(true);
    expect(one.engine.registry.filters.has('connected')).toBe(true);
    expect(one.engine.registry.sources.map((use) => use.def.name)).toEqual(['procfs', 'ebpf', 'conntrack']);
    expect(createRidgeline().engine).not.toBe(one.engine);
  });

  it('tells epochs apart, unless one is given', async () => {
    const epochOf = async (epoch?: string): Promise<string> => {
      const ridgeline = createRidgeline({
        plugins: viewingPlugins(),
        ...(epoch === undefined ? {} : { epoch }),
      });
      return (await firstValueFrom(ridgeline.watch(of({ view: 'processes' })))).epoch;
    };
    expect(await epochOf()).not.toBe(await epochOf());
    expect(await epochOf('e')).toBe('e');
  });

  it('connects sources at start, tells each report as it comes, logs states, and lets go at stop', () => {
    const reports: string[] = [];
    const lines: string[] = [];
    let open = 0;
    const log: Log = (level, message) => lines.push(`${level} ${message}`);
    const plugin = once(
      'test',
      (context) =>
        new Observable((subscriber) => {
          open++;
          context.notify({ state: 'degraded', message: 'sees 3 of 4 things' });
          subscriber.next(report(context));
          context.notify({ state: 'degraded', message: 'sees 2 of 4 things' });
          return () => open--;
        }),
    );
    const ridgeline = createRidgeline({
      plugins: [...viewingPlugins(), plugin],
      host: 'web-1',
      log,
      onReport: (origin, { window }, interval) =>
        reports.push(`${origin.source}@${origin.host} ${window.to} ${interval}`),
    });
    expect(open).toBe(0);
    ridgeline.start();
    expect(open).toBe(1);
    expect(reports).toEqual([`test@web-1 ${at} 1000`]);
    expect([...ridgeline.render({ view: 'processes', orphans: 'keep' }).nodes.keys()]).toContain('web-1;7');
    ridgeline.stop();
    expect(open).toBe(0);
    // Figures that change are not news.
    expect(lines).toEqual(['warn source test on web-1 is degraded: sees 3 of 4 things']);
  });

  it('refuses two plugins of one name of source options at once with its path', () => {
    const broken = definePlugin({
      name: 'procfs-2',
      contribute: () => ({ sources: [useSource(procfs, { every: 'often' })] }),
    });
    expect(() => broken()).toThrow(/every/);
  });
});

describe('reverse DNS', () => {
  it('is off unless it is asked for', () => {
    const names = createRidgeline({ reverseDns: {} }).engine.registry.sources.map((use) => use.def.name);
    expect(names).toEqual(['procfs', 'ebpf', 'conntrack', 'reverse-dns']);
  });

  it('names the addresses that are on the map, of those that mean the same elsewhere', async () => {
    const asked: string[] = [];
    const ridgeline = createRidgeline({
      plugins: [...viewingPlugins(), once('test', reportOnce)],
      host: 'web-1',
    });
    const def = reverseDns({
      report: () => ridgeline.engine.report,
      ask: (address) => {
        asked.push(address);
        return address === '198.51.100.7'
          ? Promise.resolve(['cdn.example'])
          : Promise.reject(new Error('ENOTFOUND'));
      },
    });
    ridgeline.start();
    try {
      const reports$ = def.connect(
        { every: 10, concurrency: 2 },
        {
          host: 'web-1',
          now: () => at,
          monotonic: () => performance.now(),
          symbols: () => ridgeline.engine.symbols,
          notify: () => {},
        },
      );
      const names = await firstValueFrom(
        reports$.pipe(
          map((names) => [...names.dns]),
          filter((dns) => dns.length > 0),
        ),
      );
      expect(names).toEqual([['198.51.100.7', { forward: [], reverse: ['cdn.example'] }]]);
      expect(asked).toEqual(['192.0.2.1', '198.51.100.7']);
    } finally {
      ridgeline.stop();
    }
  });
});

describe('options', () => {
  it('are described from their schema, with ranges and defaults', () => {
    const text = expect.stringMatching(/^[a-z].+/) as string;
    expect(describeOptions(procfs.options)).toEqual([
      { name: 'root', type: 'string', default: '/proc', required: false, description: text },
      { name: 'etc', type: 'string', required: false, description: text },
      { name: 'every', type: 'integer 50..3600000', default: 1000, required: false, description: text },
      { name: 'share', type: 'number >0..1', default: 0.1, required: false, description: text },
    ]);
    expect(describeOptions(undefined)).toEqual([]);
  });
});
