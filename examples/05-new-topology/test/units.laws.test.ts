import { viewingPlugins } from '@ridgeline/runtime';
import { declaredReports, pluginLaws } from '@ridgeline/testkit';
import { cgroup, endpointId, hostNodeId, pid, processId } from '@ridgeline/vocabulary';
import { describe, it } from 'vitest';
import { systemd } from '../src/index.ts';
import { unitId, unitKind, unitName, unitSlice } from '../src/vocabulary.ts';

const paths = ['a.slice/x.service', 'a.slice/y.scope', 'z;%.service'] as const;
const onHost = { attribute: hostNodeId, values: ['h;<host>'] } as const;

const reports = declaredReports({
  systemd_unit: {
    ids: paths.map((path) => unitId.encode('h', path)),
    attributes: [unitName, { attribute: unitKind, values: ['service', 'scope'] }, unitSlice],
    edges: false,
  },
  process: {
    ids: ['1', '2', '3'].map((number) => processId.encode('h', number)),
    attributes: [onHost, { attribute: cgroup, values: ['/a.slice/x.service/sub', '/a.slice/y.scope', '/'] }],
    edges: false,
  },
  endpoint: {
    ids: ['1', '2', '3'].map((number) => endpointId.encode('', `10.0.0.${number}`, '80')),
    attributes: [onHost, { attribute: pid, values: ['1', '2', '3'] }],
  },
});

describe('systemd', () => {
  pluginLaws(systemd(), { test: it, reports, beside: viewingPlugins() });
});
