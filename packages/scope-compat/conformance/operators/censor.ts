import { detailsToJson, redactNode, redactReport, reportToJson } from '@ridgeline/scope-compat';
import { detailsForm } from '../api-form.ts';
import type { ConformanceCase } from '../case.ts';
import type { ManifestEntry } from '../folder.ts';
import { type JsonMap, listOf, mapOf, textOf } from '../json.ts';
import { Session } from '../session.ts';

/** What is left of a node and of the raw report when command lines or the environment are to be hidden. */
export function censorCases(entry: ManifestEntry, censor: JsonMap): readonly ConformanceCase[] {
  const session = new Session([mapOf(censor.report)]);
  return listOf(censor.cases).map((item, i): ConformanceCase => {
    const one = mapOf(item);
    const redaction = {
      commandLines: one.hideCommandLineArguments === true,
      environment: one.hideEnvironmentVariables === true,
    };
    const id = textOf(mapOf(one.expectNode).id);
    return {
      kind: 'operators',
      name: entry.name,
      part: `censor ${JSON.stringify(redaction)}`,
      comparisons: [
        {
          at: `${entry.file}:/censor/cases/${i}/expectNode`,
          expected: one.expectNode ?? null,
          actual: () => {
            const details = detailsToJson('containers', id, session.detailsScope('containers', null));
            return details === undefined ? undefined : detailsForm(redactNode(details, redaction));
          },
        },
        {
          at: `${entry.file}:/censor/cases/${i}/expectReportContainerNodes`,
          expected: one.expectReportContainerNodes ?? null,
          actual: () => {
            const report = redactReport(session.report, redaction);
            return mapOf(reportToJson({ ...session.merged, report }).Container).nodes;
          },
        },
      ],
    };
  });
}
