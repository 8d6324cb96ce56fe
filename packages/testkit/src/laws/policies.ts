/** Law D15: policies. */
import {
  applyPolicy,
  type CompiledPolicy,
  Engine,
  type FieldCatalogue,
  type Plugin,
  type Report,
  reportToJson,
  totalEvidence,
  type ViewRequest,
} from '@ridgeline/core';

/**
 * D15, non-interference: of two reports that differ only in what a policy removes, all that a reader can ask for is the
 * same, byte for byte; and none of it holds a text that only hidden things hold.
 *
 * @param outputs - all that can be asked for of a report
 * @param secret - the text
 */
export function leaksNothing(
  policy: CompiledPolicy,
  outputs: (report: Report) => unknown,
  a: Report,
  b: Report,
  secret: string,
): boolean {
  const [said, alike] = [a, b].map((report) => JSON.stringify(outputs(applyPolicy(report, policy))));
  return said === alike && said?.includes(secret) === false;
}

/** D15: a policy gives the same objects for the same objects; a report of which it removes nothing, as it is. */
export function rewritesOnce(policy: CompiledPolicy, report: Report, again: Report): boolean {
  const first = applyPolicy(report, policy);
  const second = applyPolicy(again, policy);
  const twice = applyPolicy(first, policy);
  return (
    applyPolicy(report, policy) === first &&
    [...second.topologies].every(
      ([name, topology]) =>
        report.topologies.get(name) !== again.topologies.get(name) || first.topologies.get(name) === topology,
    ) &&
    JSON.stringify(reportToJson(twice)) === JSON.stringify(reportToJson(first))
  );
}

/** All that readers of some views can ask for: pictures, books, details, evidence, completions, the report itself. */
export function engineOutputs(
  plugins: readonly Plugin[],
  requests: readonly ViewRequest[],
): (report: Report) => unknown {
  return (report) => {
    const engine = new Engine({ plugins });
    engine.ingest({ source: 'law', host: 'h' }, report, 1000, { now: report.window.to, monotonic: 0 });
    return {
      report: reportToJson(engine.report),
      views: requests.map((request) => {
        const whole = engine.render({ view: request.view, raw: true, orphans: 'keep' });
        const { nodes, ledger, topology } = engine.render(request);
        return {
          nodes: [...nodes],
          ledger,
          details: [...whole.nodes.keys()].map((id) => engine.details(request, id)),
          evidence: totalEvidence(topology, engine.report),
        };
      }),
      values: fieldValues(engine.registry.fields, engine.report),
    };
  };
}

/** What a completion of values can offer: by field and topology, all values, ascending. */
function fieldValues(fields: FieldCatalogue, report: Report): unknown {
  return fields.list().flatMap((field) =>
    [...report.topologies].sort(byName).map(([name, topology]) => {
      const read = field.read(topology, '');
      const values = new Set<string>();
      for (let row = 0; row < topology.size; row++) {
        if (read.kind === 'values') for (const value of read.of(row)) values.add(String(value));
        else if ((read.column[row] as number) >= 0)
          values.add(topology.symbols.text(read.column[row] as number));
      }
      return [field.name, name, [...values].sort()];
    }),
  );
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
