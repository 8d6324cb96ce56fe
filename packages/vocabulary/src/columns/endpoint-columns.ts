import { NONE, type Sym, type Topology, unescapePart } from '@ridgeline/core';

/** Where endpoints are, as columns of symbols: joins compare whole numbers. */
export interface EndpointColumns {
  /** The symbol of `scope;address;`, by which all endpoints of one address are found; {@link NONE} for a foreign id. */
  readonly prefix: Int32Array;
  /** The symbol of the address. */
  readonly address: Int32Array;
}

const columnsOf = new WeakMap<Topology, EndpointColumns>();

/** The columns of a topology of endpoints, read from the ids once for each topology. */
export function endpointColumns(topology: Topology): EndpointColumns {
  const known = columnsOf.get(topology);
  if (known !== undefined) return known;
  const { symbols, size, ids } = topology;
  const prefix = new Int32Array(size).fill(NONE);
  const address = new Int32Array(size).fill(NONE);
  const addressOf = new Map<Sym, Sym>();
  for (let row = 0; row < size; row++) {
    const key = symbols.internHead(ids[row] as Sym, ';', 2);
    if (key === NONE) continue;
    prefix[row] = key;
    let symbol = addressOf.get(key);
    if (symbol === undefined) {
      symbol = symbols.intern(unescapePart(symbols.text(key).split(';')[1] as string));
      addressOf.set(key, symbol);
    }
    address[row] = symbol;
  }
  const columns = { prefix, address };
  columnsOf.set(topology, columns);
  return columns;
}
