import { type Report, reportFromJson, reportToJson, SymbolTable } from '@ridgeline/core';
import {
  buildReport,
  describeReport,
  law,
  type ReportCodec,
  readsWhatItWrites,
  reports,
  shuffles,
  writesStably,
} from '@ridgeline/testkit';
import { describe, it } from 'vitest';

const options = { test: it };
const codec: ReportCodec<string> = {
  write: (report: Report) => JSON.stringify(reportToJson(report)),
  read: (text, symbols) => reportFromJson(JSON.parse(text), symbols),
};

describe('reports as JSON', () => {
  law(options, 'A3', 'fromJson(toJson(r)) ≅ r', [reports()], (report) => readsWhatItWrites(codec, report));
  law(
    options,
    'A3',
    'toJson is byte-stable for equal reports',
    [reports(), shuffles()],
    (report, shuffle) => {
      const plain = describeReport(report);
      const topologies = new Map(
        shuffle([...plain.topologies]).map(([name, nodes]) => [name, new Map(shuffle([...nodes]))]),
      );
      return writesStably(codec, report, buildReport({ ...plain, topologies }, new SymbolTable()));
    },
  );
});
