import { sourceSchema } from '@ridgeline/client/schema';
import type { SourceStatus } from '@ridgeline/core/wire';
import { expect, it } from 'vitest';

it('takes the status of a source with all that it may say', () => {
  const status: Required<SourceStatus> = {
    name: 'conntrack',
    host: 'host-a',
    state: 'failed',
    message: 'the kernel has no connection tracker',
    givenUp: true,
    facts: { flows: 0, netlink: false, reason: 'none' },
    since: 1,
    lastReport: 2,
    reports: 3,
    refused: 4,
  };

  expect(sourceSchema.parse(status)).toEqual(status);
});
