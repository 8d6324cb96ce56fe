/** What a report may cost: a sender is not trusted with our memory. */
export interface ReadLimits {
  /** Bytes of the document, unzipped. */
  readonly bytes: number;
  /** Nodes of all topologies. */
  readonly nodes: number;
  /** Bytes of one text. */
  readonly textBytes: number;
  /** Levels of maps and lists in parts that are not understood. */
  readonly depth: number;
}

/** Generous for one probe: the largest report met has a hundred thousand nodes in 45 MB. */
export const defaultReadLimits: ReadLimits = Object.freeze({
  bytes: 256 * 2 ** 20,
  nodes: 2_000_000,
  textBytes: 2 ** 20,
  depth: 32,
});
