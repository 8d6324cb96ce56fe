/** One end of a flow, as packets name it. The address is in the canonical form of endpoint ids. */
export interface FlowEnd {
  readonly address: string;
  readonly port: number;
}

/**
 * An entry of the kernel's connection tracker. Its two tuples are what packets look like before translation in one direction
 * and before translation in the other; without NAT the second is the first reversed.
 */
export interface Flow {
  /** CTA_ID: tells entries with equal tuples apart; 0 where it was not told. */
  readonly id: number;
  readonly protocol: 'tcp' | 'udp';
  /** Who began, and whom it meant to reach. */
  readonly source: FlowEnd;
  readonly destination: FlowEnd;
  /** Who answers in truth, and whom it takes for the other end. */
  readonly replySource: FlowEnd;
  readonly replyDestination: FlowEnd;
  /** Packets were seen both ways. Of an event that tells of the first packet this is not known yet: false. */
  readonly isAnswered: boolean;
  /** TCP only: the connection is over, although the entry lingers (TIME_WAIT for two minutes, CLOSE for ten seconds). */
  readonly isOver: boolean;
  /** Wall clock; only with net.netfilter.nf_conntrack_timestamp=1. */
  readonly startMillis?: number;
  /** Bytes of whole packets from the one who began, and back; only with net.netfilter.nf_conntrack_acct=1. */
  readonly sentBytes?: number;
  readonly receivedBytes?: number;
}

/** What happened to a flow. */
export interface FlowEvent {
  readonly kind: 'new' | 'update' | 'destroy';
  readonly flow: Flow;
}

/** A name for an entry within one namespace's table: CTA_ID alone has 32 bits, which collide in large tables. */
export function keyOfFlow({ id, protocol, source, destination }: Flow): string {
  return `${id} ${protocol} ${source.address} ${source.port} ${destination.address} ${destination.port}`;
}

/** True when the one who began is not known to the one who answers by its own address or port. */
export function isSourceTranslated({ source, replyDestination }: Flow): boolean {
  return source.address !== replyDestination.address || source.port !== replyDestination.port;
}

/** True when the one who answers is not the one who was meant. */
export function isDestinationTranslated({ destination, replySource }: Flow): boolean {
  return destination.address !== replySource.address || destination.port !== replySource.port;
}

/** True for NAT of either kind. */
export function isTranslated(flow: Flow): boolean {
  return isSourceTranslated(flow) || isDestinationTranslated(flow);
}
