import type { InstantSym, Row, Sym, SymbolTable, TopologyBuilder } from '@ridgeline/core';
import type { MsgpackCursor } from './msgpack-cursor.ts';
import { readValue, skipValue } from './msgpack-value.ts';
import type { TopologyAssembly } from './topology-assembly.ts';
import { WireKeys } from './wire-keys.ts';

const SECTIONS = [
  'id',
  'topology',
  'latest',
  'sets',
  'parents',
  'adjacency',
  'metrics',
  'counters',
  'latestControls',
] as const;
const sectionKeys = new WireKeys(SECTIONS);
const TIMED = ['timestamp', 'value'] as const;
const timedKeys = new WireKeys(TIMED);
const METRIC = ['samples', 'min', 'max'] as const;
const metricKeys = new WireKeys(METRIC);
const SAMPLE = ['date', 'value'] as const;
const sampleKeys = new WireKeys(SAMPLE);

/** Reads the nodes of one topology, one after the other (WIRE.md §1.3). */
export class MsgpackNodeReader {
  readonly #cursor: MsgpackCursor;
  readonly #topology: TopologyAssembly;
  readonly #builder: TopologyBuilder;
  readonly #symbols: SymbolTable;
  /** The last latest values by position: the next node has mostly the same keys in the same order, and some values. */
  readonly #keys = new LastTexts();
  readonly #values = new LastTexts();
  /** The byte at which the last time began, and its symbol: a node's values mostly have one time. */
  #timeAt = -1;
  #time: InstantSym;
  readonly #epoch: InstantSym;
  readonly #blank: Sym;

  constructor(cursor: MsgpackCursor, topology: TopologyAssembly) {
    this.#cursor = cursor;
    this.#topology = topology;
    this.#builder = topology.builder;
    this.#symbols = topology.builder.symbols;
    this.#epoch = this.#symbols.instant(0);
    this.#time = this.#epoch;
    this.#blank = this.#symbols.intern('');
  }

  /** Reads the node that begins at the cursor into a row. */
  read(row: Row, id: Sym): void {
    const cursor = this.#cursor;
    let named = false;
    for (let left = cursor.mapSize(); left > 0; left--) {
      cursor.text();
      switch (SECTIONS[sectionKeys.find(cursor.bytes, cursor.textStart, cursor.textEnd)]) {
        case 'id':
          cursor.text();
          named = cursor.textEnd > cursor.textStart;
          break;
        case 'latest':
          this.#readLatest(row);
          break;
        case 'sets':
          this.#readPairs(row, false);
          break;
        case 'parents':
          this.#readPairs(row, true);
          break;
        case 'adjacency':
          for (let targets = cursor.listSize(); targets > 0; targets--) {
            this.#builder.edgeSymbol(row, this.#text());
          }
          break;
        case 'metrics':
          this.#readMetrics(row);
          break;
        case 'counters':
          for (let counts = cursor.mapSize(); counts > 0; counts--) {
            this.#topology.count(row, cursor.string(), cursor.number());
          }
          break;
        case 'latestControls':
          this.#readControls(row);
          break;
        default:
          skipValue(cursor);
      }
    }
    this.#topology.endNode(row, id, named);
  }

  #text(): Sym {
    const cursor = this.#cursor;
    cursor.text();
    return this.#symbols.internUtf8(cursor.bytes, cursor.textStart, cursor.textEnd);
  }

  #instant(): InstantSym {
    const cursor = this.#cursor;
    cursor.time();
    return this.#symbols.instant(cursor.millis, cursor.nanos);
  }

  #readLatest(row: Row): void {
    const cursor = this.#cursor;
    const size = cursor.mapSize();
    for (let position = 0; position < size; position++) {
      cursor.text();
      const key = this.#expected(this.#keys, position);
      const timeAt = cursor.timedText();
      if (timeAt < 0) {
        this.#readTimed(row, key);
        continue;
      }
      this.#topology.latest(row, key, this.#expected(this.#values, position), this.#instantAt(timeAt));
    }
  }

  /** A latest value in any form. */
  #readTimed(row: Row, key: Sym): void {
    const cursor = this.#cursor;
    let time = this.#epoch;
    let value = this.#blank;
    for (let left = cursor.mapSize(); left > 0; left--) {
      cursor.text();
      switch (TIMED[timedKeys.find(cursor.bytes, cursor.textStart, cursor.textEnd)]) {
        case 'timestamp':
          time = this.#instant();
          break;
        case 'value':
          value = this.#text();
          break;
        default:
          skipValue(cursor);
      }
    }
    this.#topology.latest(row, key, value, time);
  }

  /** The symbol of the last text, found at once when it is what stood at this position last. */
  #expected(last: LastTexts, position: number): Sym {
    const cursor = this.#cursor;
    const start = last.start[position];
    if (start !== undefined && cursor.sameText(start, last.end[position] as number)) {
      return last.symbol[position] as Sym;
    }
    const symbol = this.#symbols.internUtf8(cursor.bytes, cursor.textStart, cursor.textEnd);
    last.start[position] = cursor.textStart;
    last.end[position] = cursor.textEnd;
    last.symbol[position] = symbol;
    return symbol;
  }

  #instantAt(at: number): InstantSym {
    const cursor = this.#cursor;
    if (this.#timeAt < 0 || !cursor.sameTime(at, this.#timeAt)) {
      cursor.timeAt(at);
      this.#time = this.#symbols.instant(cursor.millis, cursor.nanos);
      this.#timeAt = at;
    }
    return this.#time;
  }

  #readPairs(row: Row, parents: boolean): void {
    const cursor = this.#cursor;
    for (let keys = cursor.mapSize(); keys > 0; keys--) {
      const key = this.#text();
      for (let values = cursor.listSize(); values > 0; values--) {
        if (parents) this.#builder.parentSymbol(row, key, this.#text());
        else this.#builder.addSymbol(row, key, this.#text());
      }
    }
  }

  /** Samples come before their bounds, so they wait. */
  #readMetrics(row: Row): void {
    const cursor = this.#cursor;
    for (let metrics = cursor.mapSize(); metrics > 0; metrics--) {
      const key = this.#text();
      const times: InstantSym[] = [];
      const values: number[] = [];
      let min = 0;
      let max = 0;
      for (let fields = cursor.mapSize(); fields > 0; fields--) {
        cursor.text();
        switch (METRIC[metricKeys.find(cursor.bytes, cursor.textStart, cursor.textEnd)]) {
          case 'samples':
            for (let samples = cursor.listSize(); samples > 0; samples--) this.#readSample(times, values);
            break;
          case 'min':
            min = cursor.number();
            break;
          case 'max':
            max = cursor.number();
            break;
          default:
            skipValue(cursor);
        }
      }
      this.#builder.metricSymbol(row, key, min, max);
      for (let i = 0; i < times.length; i++) {
        this.#builder.sampleSymbol(times[i] as InstantSym, values[i] as number);
      }
    }
  }

  #readSample(times: InstantSym[], values: number[]): void {
    const cursor = this.#cursor;
    let time = this.#epoch;
    let value = 0;
    for (let fields = cursor.mapSize(); fields > 0; fields--) {
      cursor.text();
      switch (SAMPLE[sampleKeys.find(cursor.bytes, cursor.textStart, cursor.textEnd)]) {
        case 'date':
          time = this.#instant();
          break;
        case 'value':
          value = cursor.number();
          break;
        default:
          skipValue(cursor);
      }
    }
    times.push(time);
    values.push(value);
  }

  #readControls(row: Row): void {
    const cursor = this.#cursor;
    const controls: { id: string; dead: boolean; time: InstantSym }[] = [];
    for (let entries = cursor.mapSize(); entries > 0; entries--) {
      const id = cursor.string();
      let dead = false;
      let time = this.#epoch;
      for (let fields = cursor.mapSize(); fields > 0; fields--) {
        cursor.text();
        switch (TIMED[timedKeys.find(cursor.bytes, cursor.textStart, cursor.textEnd)]) {
          case 'timestamp':
            time = this.#instant();
            break;
          case 'value':
            dead = (readValue(cursor) as { readonly dead?: unknown } | null)?.dead === true;
            break;
          default:
            skipValue(cursor);
        }
      }
      controls.push({ id, dead, time });
    }
    this.#topology.latestControls(row, controls);
  }
}

/** Where texts stood in the document, and their symbols, by a position. */
class LastTexts {
  readonly start: number[] = [];
  readonly end: number[] = [];
  readonly symbol: Sym[] = [];
}
