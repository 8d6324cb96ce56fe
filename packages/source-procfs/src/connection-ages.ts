import type { EdgeTable } from './connections.ts';

/** Remembers since when each connection has been seen: a scan itself tells only that it is there. */
export class ConnectionAges {
  private firstSeen: Map<number, number> = new Map();

  /**
   * @param atMillis - wall clock of the scan
   * @returns by edge, when its socket was first seen
   */
  update(edges: EdgeTable, atMillis: number): Float64Array {
    const next = new Map<number, number>();
    const ages = new Float64Array(edges.size);
    for (let edge = 0; edge < edges.size; edge++) {
      const inode = edges.inode[edge] as number;
      const since = this.firstSeen.get(inode) ?? atMillis;
      ages[edge] = since;
      // Without inode (waiting to be accepted) a connection has no name to be known by.
      if (inode !== 0) next.set(inode, since);
    }
    this.firstSeen = next;
    return ages;
  }
}
