import { closeSync, openSync, readSync } from 'node:fs';
import {
  errnoOfMessage,
  inNetworkNamespace,
  type Linux,
  LinuxError,
  NETLINK_PROTOCOL,
  type NetlinkSocket,
  NLM_F,
  NLMSG,
  netlinkRefused,
  openNetlink,
  splitMessages,
} from '@ridgeline/linux';
import { CT_GROUP, type DumpFilter, encodeDumpRequest, NAT_FILTERS, NO_FILTER } from './ctnetlink.ts';
import { FlowDecoder } from './decode-flow.ts';
import type { Flow, FlowEvent } from './flow.ts';
import type { FlowReader, FlowReaderOptions } from './flow-reader.ts';

/** Room for some ten thousand events (kernel.md, "Conntrack"). */
const RECEIVE_BUFFER_BYTES = 8 << 20;
/**
 * A dump walks the kernel's whole hash table, some 11 ms for 262,144 buckets, and then 10 µs go into each entry it gives. Up to so
 * many entries one dump of everything costs less than the two that are needed for NAT alone.
 */
const FEW_ENTRIES = 1000;
/** The kernel answers a dump inside of the call that reads: nothing to read again and again means that it never will. */
const MOST_EMPTY_READS = 1000;
const SYSCTLS = '/proc/sys/net/netfilter';

/**
 * Reads a connection tracker by nfnetlink: events from one socket, dumps from another, both in the namespace asked for.
 *
 * @throws LinuxError `CALL_REFUSED` without CAP_NET_ADMIN, or CAP_SYS_ADMIN for another namespace; `UNREADABLE` when that is gone
 * @remarks While it is open, the namespace lives on even if nobody is in it any more: close it soon after.
 */
export function openNetlinkReader(linux: Linux, options: FlowReaderOptions): FlowReader {
  const opened = inNamespace(linux, options.path, () => openHandles(linux, options));
  const { dumps, events, countFd, hasEvents, hasCounters } = opened;
  const decoder = new FlowDecoder();
  let sequence = 0;
  let malformed = 0;
  let open = true;

  /** Decodes one datagram; what is not understood is counted, and the rest of its datagram left out. */
  function decode(bytes: Buffer, length: number, take: (event: FlowEvent) => void): void {
    try {
      for (const message of splitMessages(bytes, length)) {
        const event = decoder.event(bytes, message);
        if (event !== undefined) take(event);
      }
    } catch (error) {
      if (!(error instanceof LinuxError) || error.code !== 'NETLINK_MALFORMED') throw error;
      malformed++;
    }
  }

  function* dump(filter: DumpFilter, take: (flow: Flow) => void): Generator<void, boolean, void> {
    let isWhole = true;
    let emptyReads = 0;
    dumps.send(encodeDumpRequest(filter, ++sequence));
    for (;;) {
      yield;
      const read = dumps.receive();
      if (read.kind === 'overrun') {
        throw new LinuxError('NETLINK_OVERRUN', 'a conntrack dump did not fit into the receive buffer');
      }
      if (read.kind === 'empty') {
        if (++emptyReads > MOST_EMPTY_READS) {
          throw new LinuxError('NETLINK_REFUSED', 'the kernel does not answer a conntrack dump');
        }
        continue;
      }
      emptyReads = 0;
      for (const message of splitMessages(read.bytes, read.length)) {
        if (message.sequence !== sequence) continue;
        if ((message.flags & NLM_F.dumpInterrupted) !== 0) isWhole = false;
        if (message.type === NLMSG.done) return isWhole;
        if (message.type === NLMSG.error) throw netlinkRefused(errnoOfMessage(read.bytes, message));
      }
      const before = malformed;
      decode(read.bytes, read.length, ({ flow }) => take(flow));
      if (malformed !== before) isWhole = false;
    }
  }

  function* readAll(take: (flow: Flow) => void): Generator<void, boolean, void> {
    const count = readNumber(countFd);
    if (count === 0) return true;
    const useFilters = options.onlyTranslated && (count === undefined || count > FEW_ENTRIES);
    let isWhole = true;
    for (const filter of useFilters ? NAT_FILTERS : NO_FILTER) {
      if (!(yield* dump(filter, take))) isWhole = false;
    }
    return isWhole;
  }

  return {
    hasEvents,
    isPolled: !hasEvents || (hasCounters && options.events === 'all'),
    get malformed() {
      return malformed;
    },
    readAll: async (take) => readAll(take),
    drain: function* (take) {
      let isLossy = false;
      for (;;) {
        const read = events?.receive() ?? { kind: 'empty' };
        if (read.kind === 'empty') return isLossy;
        if (read.kind === 'overrun') isLossy = true;
        else decode(read.bytes, read.length, take);
        yield;
      }
    },
    close: () => {
      if (!open) return;
      open = false;
      dumps.close();
      events?.close();
      if (countFd !== undefined) closeSync(countFd);
    },
  };
}

interface Handles {
  readonly dumps: NetlinkSocket;
  readonly events: NetlinkSocket | undefined;
  readonly countFd: number | undefined;
  readonly hasEvents: boolean;
  readonly hasCounters: boolean;
}

function openHandles(linux: Linux, options: FlowReaderOptions): Handles {
  const groups =
    options.events === 'none'
      ? 0
      : CT_GROUP.new | CT_GROUP.destroy | (options.events === 'all' ? CT_GROUP.update : 0);
  const protocol = NETLINK_PROTOCOL.netfilter;
  // The events first: what begins while the first dump is made must not be missed.
  const events =
    groups === 0
      ? undefined
      : openNetlink(linux, {
          protocol,
          groups,
          receiveBufferBytes: options.receiveBufferBytes ?? RECEIVE_BUFFER_BYTES,
        });
  try {
    const dumps = openNetlink(linux, { protocol });
    return {
      dumps,
      events,
      // An open file of /proc/sys/net stays that of the namespace it was opened in.
      countFd: openIfThere(`${SYSCTLS}/nf_conntrack_count`),
      hasEvents: events !== undefined && readSetting('nf_conntrack_events') !== 0,
      hasCounters: readSetting('nf_conntrack_acct') === 1,
    };
  } catch (error) {
    events?.close();
    throw error;
  }
}

function inNamespace<T>(linux: Linux, path: string | undefined, act: () => T): T {
  return path === undefined ? act() : inNetworkNamespace(linux, path, act);
}

/** A setting of the namespace this thread is in. */
function readSetting(name: string): number | undefined {
  const fd = openIfThere(`${SYSCTLS}/${name}`);
  const value = readNumber(fd);
  if (fd !== undefined) closeSync(fd);
  return value;
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch {
    return undefined; // the module is not loaded, or the file is not shown inside a container
  }
}

function readNumber(fd: number | undefined): number | undefined {
  if (fd === undefined) return undefined;
  const bytes = Buffer.alloc(16);
  try {
    const length = readSync(fd, bytes, 0, bytes.length, 0);
    const text = bytes.toString('latin1', 0, length).trim();
    return /^\d+$/.test(text) ? Number(text) : undefined;
  } catch {
    return undefined; // the namespace is gone
  }
}
