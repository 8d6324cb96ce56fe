import type { IntervalHistogram } from 'node:perf_hooks';
import type { ServerContext } from '../context.ts';
import type { Books } from './books.ts';

type Labels = Readonly<Record<string, string>>;

interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/**
 * The figures that a role may see, in Prometheus' text format.
 *
 * Under a policy they are those of its own live views and of the sources it is told of: how long a render took, how many bytes
 * were sent in and how busy the process is depend on what the role must not see.
 * Source: https://prometheus.io/docs/instrumenting/exposition_formats/
 *
 * @param loopDelay - left out under a policy
 */
export function metricsText(context: ServerContext, loopDelay: IntervalHistogram | undefined): string {
  return [
    ...viewFamilies(context),
    ...sourceFamilies(context),
    ...(loopDelay === undefined ? [] : processFamilies(context, loopDelay)),
  ].join('');
}

function viewFamilies({ books, feeds }: ServerContext): readonly string[] {
  const { feeds: open, readers } = feeds.figures;
  const ofLedger = (part: 'total' | 'shown' | 'filtered' | 'orphaned'): readonly Sample[] =>
    [...books.ledgers].map(([view, ledger]) => ({ labels: { view, part }, value: ledger[part] }));
  return [
    family('ridgeline_renders_total', 'counter', 'Pictures of live views', rendersOf(books, 'count')),
    family('ridgeline_view_nodes', 'gauge', 'The ledger of the last picture of each live view', [
      ...ofLedger('total'),
      ...ofLedger('shown'),
      ...ofLedger('filtered'),
      ...ofLedger('orphaned'),
    ]),
    family(
      'ridgeline_deltas_total',
      'counter',
      'Messages made for readers of live views',
      Object.entries(books.messages).map(([kind, value]) => ({ labels: { kind }, value })),
    ),
    family(
      'ridgeline_delta_bytes_total',
      'counter',
      'Their characters',
      Object.entries(books.messageBytes).map(([kind, value]) => ({ labels: { kind }, value })),
    ),
    family('ridgeline_feeds', 'gauge', 'Live views that are kept', [{ labels: {}, value: open }]),
    family('ridgeline_readers', 'gauge', 'Readers of live views', [{ labels: {}, value: readers }]),
  ];
}

function rendersOf({ renders }: Books, figure: 'count' | 'millis'): readonly Sample[] {
  return [...renders].map(([view, render]) => ({
    labels: { view },
    value: figure === 'count' ? render.count : render.millis / 1000,
  }));
}

function sourceFamilies({ outlook: { sources } }: ServerContext): readonly string[] {
  return [
    family(
      'ridgeline_source_up',
      'gauge',
      'Whether a source is as it should be',
      sources.map(({ name, host, state }) => ({
        labels: { source: name, host, state },
        value: state === 'running' ? 1 : 0,
      })),
    ),
    family(
      'ridgeline_source_reports_total',
      'counter',
      'Reports of each source',
      sources.map(({ name, host, reports }) => ({ labels: { source: name, host }, value: reports })),
    ),
  ];
}

function processFamilies(
  { traffic, books, outlook }: ServerContext,
  loopDelay: IntervalHistogram,
): readonly string[] {
  return [
    family(
      'ridgeline_render_seconds_total',
      'counter',
      'Time spent on pictures of live views',
      rendersOf(books, 'millis'),
    ),
    family('ridgeline_reports_in_total', 'counter', 'Reports that were sent in', [
      { labels: { outcome: 'taken' }, value: traffic.reportsIn },
      { labels: { outcome: 'refused' }, value: traffic.refusedIn },
    ]),
    family('ridgeline_report_bytes_in_total', 'counter', 'Bytes of their bodies', [
      { labels: {}, value: traffic.reportBytesIn },
    ]),
    family(
      'ridgeline_http_answers_total',
      'counter',
      'Answers by status',
      [...traffic.answers].map(([status, value]) => ({ labels: { status: String(status) }, value })),
    ),
    family('ridgeline_plugin_faults', 'gauge', 'Plugins’ functions that failed', [
      { labels: {}, value: outlook.faults.length },
    ]),
    family('ridgeline_loop_delay_seconds', 'gauge', 'How late the event loop was since the last look', [
      { labels: { quantile: '0.5' }, value: loopDelay.percentile(50) / 1e9 },
      { labels: { quantile: '0.99' }, value: loopDelay.percentile(99) / 1e9 },
    ]),
    family('process_resident_memory_bytes', 'gauge', 'Resident memory', [
      { labels: {}, value: process.memoryUsage.rss() },
    ]),
  ];
}

function family(name: string, type: 'counter' | 'gauge', help: string, samples: readonly Sample[]): string {
  if (samples.length === 0) return '';
  const lines = samples.map(({ labels, value }) => `${name}${labelText(labels)} ${value}`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('\n')}\n`;
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
