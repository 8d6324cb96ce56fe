import { makeReport, NodeColumns, type Report, type Sym, type SymbolTable, Topology } from '@ridgeline/core';
import type { JsonObject } from './write/json-object.ts';

/** What a request asks to leave out (`hideCommandLineArguments`, `hideEnvironmentVariables`). */
export interface Redaction {
  readonly commandLines: boolean;
  readonly environment: boolean;
}

const COMMANDS: readonly string[] = ['cmdline', 'docker_container_command'];
const ENVIRONMENT = 'docker_env_';

/** A command without its arguments: what is before the first space. */
export function stripArguments(command: string): string {
  return command.split(' ', 1)[0] ?? '';
}

/** The details (or a summary) of a node in Scope's form without what is to be left out; its children keep theirs. */
export function redactNode(node: JsonObject, redaction: Redaction): JsonObject {
  const { metadata, tables, ...rest } = node;
  const keptTables = listOf(tables).filter(
    (table) => !redaction.environment || !String(table.id).startsWith(ENVIRONMENT),
  );
  return {
    ...rest,
    ...(metadata === undefined
      ? {}
      : {
          metadata: listOf(metadata).map((row) =>
            redaction.commandLines && COMMANDS.includes(String(row.id))
              ? { ...row, value: stripArguments(String(row.value)) }
              : row,
          ),
        }),
    ...(keptTables.length === 0 ? {} : { tables: keptTables }),
  };
}

/** The report without what is to be left out: command lines are cut, variables of the environment are gone. */
export function redactReport(report: Report, redaction: Redaction): Report {
  if (!redaction.commandLines && !redaction.environment) return report;
  const topologies = [...report.topologies.values()].map((topology) => redactTopology(topology, redaction));
  return makeReport({ ...report, topologies });
}

function redactTopology(topology: Topology, redaction: Redaction): Topology {
  const { symbols, columns } = topology;
  const { latest } = columns;
  const commands = new Set(COMMANDS.map((key) => symbols.find(key)));
  const isHidden = hiddenKeys(symbols, redaction);
  const start = new Uint32Array(latest.start.length);
  const key: Sym[] = [];
  const value: Sym[] = [];
  const time: number[] = [];
  for (let row = 0; row + 1 < latest.start.length; row++) {
    for (let i = latest.start[row] as number; i < (latest.start[row + 1] as number); i++) {
      const k = latest.key[i] as Sym;
      if (isHidden(k)) continue;
      const v = latest.value[i] as Sym;
      key.push(k);
      value.push(
        redaction.commandLines && commands.has(k) ? symbols.intern(stripArguments(symbols.text(v))) : v,
      );
      time.push(latest.time[i] as number);
    }
    start[row + 1] = key.length;
  }
  const redacted = {
    start,
    key: Int32Array.from(key),
    value: Int32Array.from(value),
    time: Int32Array.from(time),
  };
  return new Topology({
    name: topology.name,
    symbols,
    ids: topology.ids,
    columns: new NodeColumns(columns.rows, redacted, columns.sets, columns.parents, columns.metrics),
    ...(topology.open === undefined ? {} : { open: topology.open }),
  });
}

/** Whether a key (as a symbol) is to be left out; each is looked at once. */
function hiddenKeys(symbols: SymbolTable, { environment }: Redaction): (key: Sym) => boolean {
  if (!environment) return () => false;
  const known = new Map<Sym, boolean>();
  return (key) => {
    let hidden = known.get(key);
    if (hidden === undefined) {
      hidden = symbols.text(key).startsWith(ENVIRONMENT);
      known.set(key, hidden);
    }
    return hidden;
  };
}

function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly JsonObject[]) : [];
}
