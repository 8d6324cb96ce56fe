import { mergeReports } from '@ridgeline/core';
import { reportLaws } from '@ridgeline/testkit';
import { describe, it } from 'vitest';

describe('mergeReports', () => {
  reportLaws(mergeReports, { test: it });
});

describe('mergeReports, with keys whose values are united', () => {
  const rules = {
    unites: new Map([
      ['process', ['k']],
      ['endpoint', ['k', 'l']],
    ]),
  };
  reportLaws((symbols, reports) => mergeReports(symbols, reports, rules), { test: it, oracle: false });
});
