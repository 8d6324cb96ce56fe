import type { Report } from '@ridgeline/core';
import * as fc from 'fast-check';
import { type GivenNode, type GivenReport, reportOf } from './given-report.ts';

/**
 * Reports of a handful of hosts, processes, containers and pods whose ids, addresses and names meet often: shared
 * addresses, ambiguous endpoints, translated copies and half-known nodes are common.
 */
export function knownReports(): fc.Arbitrary<Report> {
  return fc
    .record(
      {
        endpoint: nodes(ENDPOINTS, endpoint),
        process: nodes(['h;1', 'h;2', 'i;1'], process),
        container: nodes(['a', 'b', 'c'].map(tagged('container')), container),
        container_image: nodes(['x', 'y'].map(tagged('container_image')), image),
        host: nodes(['h', 'i'].map(tagged('host')), host),
        pod: nodes(['p', 'q'].map(tagged('pod')), pod),
        service: nodes(['s', 't'].map(tagged('service')), service),
        deployment: nodes(['d'].map(tagged('deployment')), bare),
        ecs_task: nodes(['e'].map(tagged('ecs_task')), task),
        swarm_service: nodes(['w'].map(tagged('swarm_service')), bare),
        overlay: nodes(['#a', '#b', '#docker_peer_h'], peer),
        persistent_volume_claim: nodes(['k', 'l'].map(tagged('persistent_volume_claim')), volume),
        persistent_volume: nodes(['v'].map(tagged('persistent_volume')), volume),
        volume_snapshot: nodes(['n'].map(tagged('volume_snapshot')), volume),
      },
      { requiredKeys: ['endpoint'] },
    )
    .map((given) =>
      reportOf(
        Object.fromEntries(Object.entries(given).filter(([, known]) => known !== undefined)) as GivenReport,
        { '52.0.0.1': { forward: ['s3.amazonaws.com'], reverse: [] } },
      ),
    );
}

const ENDPOINTS = [
  ';10.0.0.1;80',
  ';10.0.0.1;4000',
  ';10.0.0.2;80',
  ';10.0.0.2;80;udp',
  'h;127.0.0.1;80',
  ';8.8.8.8;53',
  ';52.0.0.1;443',
  ';fd00::1;80',
  'odd',
];

const HOSTS = ['h;<host>', 'i;<host>', 'odd'];
const hostIds = fc.subarray(['h;<host>', 'i;<host>'], { maxLength: 2 });

function tagged(tag: string): (key: string) => string {
  return (key) => `${key};<${tag}>`;
}

function nodes(
  ids: readonly string[],
  node: fc.Arbitrary<GivenNode>,
): fc.Arbitrary<Readonly<Record<string, GivenNode>>> {
  return fc.dictionary(fc.constantFrom(...ids), node, { maxKeys: ids.length });
}

/** Latest values, each there or not. */
function values(
  of: Readonly<Record<string, readonly [string, ...string[]]>>,
): fc.Arbitrary<Readonly<Record<string, string>>> {
  const model = Object.fromEntries(Object.entries(of).map(([key, some]) => [key, fc.constantFrom(...some)]));
  return fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<Readonly<Record<string, string>>>;
}

const bare: fc.Arbitrary<GivenNode> = fc.record({ latest: values({ kubernetes_name: ['n', 'm'] }) });

const endpoint: fc.Arbitrary<GivenNode> = fc.record({
  latest: values({
    host_node_id: ['h;<host>', ...HOSTS],
    pid: ['1', '2'],
    copy_of: [';10.0.0.2;80', 'gone'],
  }),
  to: fc.subarray([...ENDPOINTS, 'gone'], { maxLength: 2 }),
});

const process: fc.Arbitrary<GivenNode> = fc.record({
  latest: values({ name: ['nginx', 'curl'], docker_container_id: ['a', 'b', 'gone'] }),
  parents: fc.record({ host: hostIds }),
});

const container: fc.Arbitrary<GivenNode> = fc.record({
  latest: values({
    host_node_id: ['h;<host>', 'odd'],
    docker_container_state: ['running', 'exited', 'deleted'],
    docker_container_hostname: ['web', 'db'],
    docker_image_id: ['x', 'y', 'gone'],
    does_not_make_connections: [''],
  }),
  sets: fc.record({
    docker_container_ips_with_scopes: fc.subarray([';10.0.0.1', ';10.0.0.2', 'h;127.0.0.1', 'odd']),
    docker_container_ports: fc.subarray(['10.0.0.1:80->8080/tcp', '10.0.0.2:80->80/udp']),
  }),
  parents: fc.record({
    host: hostIds,
    pod: fc.subarray(['p;<pod>', 'gone;<pod>']),
    ecs_task: fc.subarray(['e;<ecs_task>']),
    swarm_service: fc.subarray(['w;<swarm_service>', 'gone;<swarm_service>']),
  }),
  metrics: fc.record({ docker_memory_usage: fc.nat(3) }),
});

const image: fc.Arbitrary<GivenNode> = fc.record({
  latest: values({ docker_image_name: ['web:1', 'web:2', 'eks/pause'], docker_image_tag: ['1', '2'] }),
  parents: fc.record({ host: hostIds }),
});

const host: fc.Arbitrary<GivenNode> = fc.record({
  sets: fc.record({ local_networks: fc.subarray(['10.0.0.0/8', 'fd00::/8', 'odd']) }),
});

const pod: fc.Arbitrary<GivenNode> = fc.record({
  latest: values({
    host_node_id: ['h;<host>'],
    kubernetes_ip: ['10.0.0.1', '10.0.0.2', ''],
    kubernetes_state: ['Running', 'Failed', 'deleted'],
    kubernetes_volume_claim: ['n', 'n;m'],
  }),
  parents: fc.record({
    host: hostIds,
    service: fc.subarray(['s;<service>', 't;<service>']),
    deployment: fc.subarray(['d;<deployment>']),
  }),
});

const service: fc.Arbitrary<GivenNode> = fc.record({
  latest: values({ kubernetes_ip: ['10.0.0.2', '8.8.8.9'] }),
});

const task: fc.Arbitrary<GivenNode> = fc.record({
  parents: fc.record({ ecs_service: fc.subarray(['main;web', 'main;db']) }),
});

const peer: fc.Arbitrary<GivenNode> = fc.record({
  latest: values({ host_node_id: ['h'], weave_peer_nick_name: ['bee'] }),
  to: fc.subarray(['#a', '#b', '#docker_peer_h', 'gone']),
});

const volume: fc.Arbitrary<GivenNode> = fc.record({
  latest: values({
    kubernetes_name: ['n', 'm'],
    kubernetes_volume_name: ['n', 'm'],
    kubernetes_storage_class_name: ['n'],
  }),
});
