import { execFileSync } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import { type Linux, openLinux } from '@ridgeline/linux';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Flow, FlowEvent } from '../src/flow.ts';
import type { FlowReader, FlowReaderOptions } from '../src/flow-reader.ts';
import { NamespaceFlows } from '../src/namespace-flows.ts';
import { chooseRung, type OpenReader, RUNGS, type Rung } from '../src/reader-chain.ts';
import { createFlows, manyFlows } from './create-flows.ts';
import { type OwnNamespace, OwnNetwork } from './network.ts';

const PLAIN = manyFlows(30, false);
const TRANSLATED = manyFlows(40, true, 5000);

/** Opens a reader by one rung of the chain, and none other. */
async function opening(rung: Rung): Promise<OpenReader> {
  const { choice, open } = await chooseRung(RUNGS.filter((other) => other !== rung));
  expect(choice.chosen).toBe(rung);
  if (open === undefined) throw new Error(`${rung} does not work here`);
  return open;
}

async function readAll(reader: FlowReader): Promise<Flow[]> {
  const flows: Flow[] = [];
  const steps = await reader.readAll((flow) => flows.push(flow));
  for (;;) {
    const step = steps.next();
    if (step.done !== true) continue;
    expect(step.value).toBe(true);
    return flows;
  }
}

function drain(reader: FlowReader): { readonly events: readonly FlowEvent[]; readonly isLossy: boolean } {
  const events: FlowEvent[] = [];
  const steps = reader.drain((event) => events.push(event));
  for (;;) {
    const step = steps.next();
    if (step.done === true) return { events, isLossy: step.value };
  }
}

/** A flow without what differs between ways of reading, as text. */
function tuples({ protocol, source, destination, replySource, replyDestination }: Flow): string {
  return JSON.stringify([protocol, source, destination, replySource, replyDestination]);
}

/** Sockets that this process has open. */
function openSockets(): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith('socket:');
    } catch {
      return false; // the one that listed them
    }
  }).length;
}

describe('the kernel and its connection tracker', () => {
  const network = new OwnNetwork();
  let linux: Linux;
  let namespace: OwnNamespace;

  beforeAll(async () => {
    linux = openLinux();
    namespace = await network.namespace();
    // A fresh namespace tracks nothing, and translates nothing, until a rule asks for it.
    namespace.run(
      'nft -f -',
      'table inet t { chain c { type nat hook prerouting priority -100; }; chain i { type filter hook input priority 0; ct state established accept; }; }',
    );
    createFlows(linux, namespace.path, [...PLAIN, ...TRANSLATED]);
  });
  afterAll(() => network.end());

  async function withReader<T>(
    rung: Rung,
    options: Omit<FlowReaderOptions, 'path'>,
    act: (reader: FlowReader) => Promise<T>,
  ): Promise<T> {
    const open = await opening(rung);
    const reader = open({ path: namespace.path, ...options });
    try {
      return await act(reader);
    } finally {
      reader.close();
    }
  }

  it.each(RUNGS)('gives all flows of another namespace by %s', async (rung) => {
    const before = openSockets();
    const found = await withReader(rung, { onlyTranslated: false, events: 'none' }, readAll);
    expect(found.map(tuples).sort()).toEqual([...PLAIN, ...TRANSLATED].map(tuples).sort());
    expect(found.every(({ isAnswered, isOver }) => isAnswered && !isOver)).toBe(true);
    expect(openSockets()).toBe(before);
  });

  it.each(RUNGS)('gives at least those with translations by %s, each once', async (rung) => {
    const found = await withReader(rung, { onlyTranslated: true, events: 'none' }, readAll);
    const texts = found.map(tuples);
    expect(new Set(texts).size).toBe(texts.length);
    for (const flow of TRANSLATED) expect(texts).toContain(tuples(flow));
  });

  it('filters a large table in the kernel', async () => {
    const plain = manyFlows(1500, false, 10_000);
    const large = await network.namespace();
    large.run('nft -f -', 'table inet t { chain c { type nat hook prerouting priority -100; }; }');
    createFlows(linux, large.path, [...plain, ...TRANSLATED]);
    const open = await opening('netlink');
    const reader = open({ path: large.path, onlyTranslated: true, events: 'none' });
    try {
      expect((await readAll(reader)).map(tuples).sort()).toEqual(TRANSLATED.map(tuples).sort());
    } finally {
      reader.close();
    }
  });

  it('tells of beginnings and ends, and of changes of state where they are asked for', async () => {
    await withReader('netlink', { onlyTranslated: false, events: 'all' }, async (reader) => {
      expect(reader.hasEvents).toBe(true);
      const flows = manyFlows(3, true, 20_000);
      createFlows(linux, namespace.path, flows);
      expect(drain(reader).events.map(({ kind, flow }) => [kind, tuples(flow)])).toEqual(
        flows.map((flow) => ['new', tuples(flow)]),
      );
      namespace.run('conntrack -D -p tcp --sport 20001 2>/dev/null');
      const [gone, ...others] = drain(reader).events;
      expect(others).toEqual([]);
      expect(gone?.kind).toBe('destroy');
      expect(gone && tuples(gone.flow)).toBe(tuples(flows[1] as Flow));
      namespace.run(
        'conntrack -D -p tcp --dst 10.100.0.1 --sport 20000 2>/dev/null; conntrack -D -p tcp --sport 20002 2>/dev/null',
      );
    });
  });

  it('counts events that were lost, and heals the table by reading it anew', async () => {
    const open = await opening('netlink');
    const crowded = await network.namespace();
    crowded.run('nft -f -', 'table inet t { chain c { type nat hook prerouting priority -100; }; }');
    const before = openSockets();
    const reader = open({
      path: crowded.path,
      onlyTranslated: false,
      events: 'ends',
      receiveBufferBytes: 4096,
    });
    const flows = new NamespaceFlows({ inode: 1, path: crowded.path }, reader, () => true);
    try {
      createFlows(linux, crowded.path, manyFlows(300, true));
      for (const _ of flows.drain(() => 1));
      expect(flows.overruns).toBe(1);
      expect(flows.table.size).toBeLessThan(300);
      expect(flows.nextSweep).toBe(Number.NEGATIVE_INFINITY);

      for (const _ of await flows.sweep(() => 2));
      expect(flows.table.report(3)).toHaveLength(300);

      // Nobody is told of the ends either.
      crowded.run('conntrack -F 2>/dev/null');
      for (const _ of flows.drain(() => 4));
      for (const _ of await flows.sweep(() => 5));
      for (let now = 6; now < 10; now++) flows.table.report(now);
      expect(flows.table.size).toBe(0);
      expect(flows.overruns).toBe(2);
      expect(flows.healed).toBeGreaterThan(0);
    } finally {
      reader.close();
    }
    expect(openSockets()).toBe(before);
  });

  it('says for each way why it is not used, to one who may not look', async () => {
    const groups = process.getgroups?.() ?? [];
    const before = openSockets();
    process.setgroups?.([]);
    process.setegid?.('nogroup');
    process.seteuid?.('nobody');
    let chosen: Awaited<ReturnType<typeof chooseRung>>;
    try {
      chosen = await chooseRung([]);
    } finally {
      process.seteuid?.(0);
      process.setegid?.(0);
      process.setgroups?.(groups);
    }
    expect(chosen.choice.chosen).toBe('none');
    expect(chosen.open).toBeUndefined();
    const reasons = new Map(
      chosen.choice.refusals.map(({ rung, reason, fix }) => [rung, `${reason} (${fix})`]),
    );
    expect(reasons.get('netlink')).toContain('CAP_NET_ADMIN');
    expect(reasons.get('program')).toMatch(/conntrack refused: .*CAP_NET_ADMIN/);
    expect(reasons.get('proc')).toMatch(/nf_conntrack may not be read \(EACCES\) \(run it as root\)/);
    expect(openSockets()).toBe(before);
  });

  it('names a program that is not there', async () => {
    const before = process.env.PATH;
    process.env.PATH = '/nonexistent';
    try {
      const { choice } = await chooseRung(['netlink']);
      expect(choice.refusals[1]).toEqual({
        rung: 'program',
        reason: 'the program conntrack is not there',
        fix: 'install conntrack (conntrack-tools)',
      });
    } finally {
      process.env.PATH = before;
    }
  });

  it('leaves this process in its own namespace', () => {
    expect(readlinkSync('/proc/self/ns/net')).toBe(
      execFileSync('readlink', ['/proc/self/ns/net'], { encoding: 'utf8' }).trim(),
    );
  });
});
