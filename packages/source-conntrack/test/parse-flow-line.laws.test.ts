import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFlowLine } from '../src/parse-flow-line.ts';
import { flows } from './flow-arbitrary.ts';
import { printFlow } from './flow-line.ts';
import { fuzzRuns, lawRuns } from './law-runs.ts';

describe('reading lines of connection trackers', () => {
  it('law N4: parse(print(flow)) = flow', () => {
    fc.assert(
      fc.property(flows, (full) => {
        // Lines tell of no beginning.
        const { startMillis: _startMillis, ...flow } = full;
        expect(parseFlowLine(printFlow(flow))).toEqual(flow);
      }),
      lawRuns,
    );
  });

  it('law N5: any line ⇒ a flow of whole ports, or nothing', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'tcp',
        'udp',
        'src=',
        'src=1.2.3.4',
        'dst=::',
        'sport=70000',
        'dport=-1',
        'bytes=1e9',
        '=',
      ),
      fc.string({ maxLength: 12 }),
    );
    const broken = fc
      .tuple(flows, fc.array(fc.tuple(fc.nat(30), word), { maxLength: 3 }))
      .map(([flow, changes]) => {
        const words = printFlow(flow).split(/ +/);
        for (const [at, text] of changes) words[at % words.length] = text;
        return words.join(' ');
      });
    let understood = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          broken,
          fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
        ),
        (line) => {
          const flow = parseFlowLine(line);
          if (flow === undefined) return;
          understood++;
          for (const end of [flow.source, flow.destination, flow.replySource, flow.replyDestination]) {
            expect(end.port).toBeGreaterThanOrEqual(0);
            expect(end.port).toBeLessThanOrEqual(65_535);
            expect(end.address).not.toBe('');
          }
        },
      ),
      fuzzRuns(2000),
    );
    expect(understood).toBeGreaterThan(20);
  });

  it.each([
    [
      'the program, in full',
      'ipv4     2 udp      17 29 src=10.9.0.1 dst=10.9.9.8 sport=39024 dport=53 packets=1 bytes=29 [UNREPLIED] src=127.0.0.1 dst=10.9.0.1 sport=5353 dport=39024 packets=0 bytes=0 mark=0 delta-time=0 use=1 id=1770919177',
      { id: 1770919177, protocol: 'udp', isAnswered: false, isOver: false, sentBytes: 29, receivedBytes: 0 },
    ],
    [
      'the program, in short',
      'tcp      6 119 TIME_WAIT src=10.9.0.1 dst=10.9.9.9 sport=54216 dport=80 src=127.0.0.1 dst=127.0.0.5 sport=8088 dport=54216 [ASSURED] mark=0 use=1',
      {
        id: 0,
        protocol: 'tcp',
        isAnswered: true,
        isOver: true,
        replySource: { address: '127.0.0.1', port: 8088 },
      },
    ],
    [
      '/proc, with an address of IPv6 in full',
      'ipv6     10 tcp      6 431999 ESTABLISHED src=fd00:0203:0081:0000:0000:0000:0000:0002 dst=fd00:0203:0081:0000:0000:0000:0000:0001 sport=4 dport=8080 src=fd00:0203:0082:0000:0000:0000:0000:0002 dst=fd00:0203:0082:0000:0000:0000:0000:0001 sport=80 dport=4 [ASSURED] mark=0 zone=0 use=2',
      { protocol: 'tcp', isOver: false, source: { address: 'fd00:203:81::2', port: 4 } },
    ],
  ])('reads a line of %s', (_, line, expected) => {
    expect(parseFlowLine(line)).toMatchObject(expected);
  });

  it.each([
    [
      'icmp',
      'icmp     1 29 src=10.0.0.1 dst=10.0.0.2 type=8 code=0 id=5 src=10.0.0.2 dst=10.0.0.1 type=0 code=0 id=5 use=1',
    ],
    ['a tuple without its reply', 'tcp 6 1 ESTABLISHED src=10.0.0.1 dst=10.0.0.2 sport=1 dport=2'],
    ['nothing', ''],
  ])('leaves out %s', (_, line) => {
    expect(parseFlowLine(line)).toBeUndefined();
  });
});
