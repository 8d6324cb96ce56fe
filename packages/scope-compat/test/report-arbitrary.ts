import fc from 'fast-check';

/** Few of everything, so that they meet; with what separators, escapes and UTF-8 can do wrong. */
const id = fc.constantFrom('a', 'b', 'h;1', ';10.0.0.1;80', 'c;<container>', 'ü;%', '');
const key = fc.constantFrom('name', 'pid', 'docker_label_x', 'active_controls', 'größe');
const text = fc.constantFrom('', 'x', 'start;stop', 'kube-system/ä', 'a'.repeat(40));
const time = fc.constantFrom(
  '2024-05-05T05:05:05Z',
  '2024-05-05T05:05:05.1Z',
  '2024-05-05T05:05:05.123456789Z',
  '1969-12-31T23:59:59.999Z',
);
const number = fc.constantFrom(0, 1, 127, 128, 0.5, 1.8446744073709552e19, -3.25);

const timed = fc.record({ timestamp: time, value: text });
const sets = fc.dictionary(key, fc.array(text, { maxLength: 3 }), { maxKeys: 3 });

const node = (nodeId: string): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(
    {
      id: fc.constantFrom(nodeId, nodeId, ''),
      topology: fc.constant('process'),
      latest: fc.dictionary(key, timed, { maxKeys: 4 }),
      sets: fc.option(sets),
      parents: fc.dictionary(fc.constantFrom('host', 'container'), fc.array(id, { maxLength: 2 }), {
        maxKeys: 2,
      }),
      adjacency: fc.array(id, { maxLength: 3 }),
      metrics: fc.dictionary(
        fc.constantFrom('cpu', 'memory'),
        fc.record({
          samples: fc.option(fc.array(fc.record({ date: time, value: number }), { maxLength: 3 })),
          min: number,
          max: number,
        }),
        { maxKeys: 2 },
      ),
      counters: fc.dictionary(fc.constantFrom('container', 'pod'), fc.nat({ max: 9 }), { maxKeys: 2 }),
      latestControls: fc.dictionary(
        fc.constantFrom('start', 'stop'),
        fc.record({ timestamp: time, value: fc.record({ dead: fc.boolean() }) }),
        { maxKeys: 2 },
      ),
      children: fc.constant(null),
      unknown: fc.constant({ of: [1, { what: null }] }),
    },
    { requiredKeys: [] },
  );

const topology = fc.record(
  {
    shape: fc.constantFrom('circle', ''),
    label: fc.constantFrom('host', ''),
    nodes: fc
      .uniqueArray(id, { maxLength: 4 })
      .chain((ids) =>
        fc.tuple(...ids.map(node)).map((nodes) => Object.fromEntries(ids.map((i, n) => [i, nodes[n]]))),
      ),
    controls: fc.dictionary(
      fc.constantFrom('start', 'stop'),
      fc.record({ id: fc.constant('start'), human: text, icon: text, rank: fc.nat({ max: 9 }) }),
      { maxKeys: 2 },
    ),
    metadata_templates: fc.dictionary(
      key,
      fc.record({ label: text, priority: number, from: fc.constantFrom('latest', 'sets', 'bogus') }),
      { maxKeys: 2 },
    ),
  },
  { requiredKeys: [] },
);

/** Reports in their JSON form, with sections missing, empty and null, unknown fields and half-known nodes. */
export const reportDocuments: fc.Arbitrary<Record<string, unknown>> = fc.record(
  {
    TS: time,
    Host: topology,
    Process: topology,
    Container: topology,
    DNS: fc.dictionary(
      id,
      fc.record({
        forward: fc.array(text, { maxLength: 2 }),
        reverse: fc.option(fc.array(text, { maxLength: 2 })),
      }),
      { maxKeys: 2 },
    ),
    Window: fc.constantFrom(0, 3_000_000_000),
    Shortcut: fc.boolean(),
    Plugins: fc.constantFrom(null, [{ id: 'p', label: 'P', interfaces: ['reporter'], api_version: '1' }]),
    Sampling: fc.constant({ Count: 0, Total: 0 }),
    Unknown: fc.constant([{ a: 'b' }]),
  },
  { requiredKeys: [] },
);
