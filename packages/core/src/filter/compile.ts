import { forEachRow, inHook, unknownName } from '../errors.ts';
import { NONE } from '../ids/symbol-table.ts';
import { readNode } from '../model/node-reader.ts';
import type { Row, Topology } from '../model/topology.ts';
import { readArguments } from './arguments.ts';
import { compileComparison } from './compare.ts';
import type { FilterDef, FilterMoment } from './define-filter.ts';
import type { FieldValue, FilterArgument, FilterExpr, FilterTest } from './expression.ts';
import type { FieldCatalogue, FieldColumn } from './field.ts';
import { compilePattern } from './regex.ts';
import { nearestName } from './suggest.ts';

/** A filter made ready to run: one byte a row, 1 where it holds. */
export type CompiledFilter = (topology: Topology, moment: FilterMoment) => Uint8Array;

/** What the names in a filter mean. */
export interface FilterEnvironment {
  readonly fields: FieldCatalogue;
  readonly filters: ReadonlyMap<string, FilterDef>;
}

/**
 * Makes a filter ready to run over columns: a test runs once for each distinct value, not once for each row.
 *
 * @throws RidgelineError `UNKNOWN_NAME` for a field or filter that the environment lacks, `BAD_OPTIONS` for
 *   arguments that a filter refuses
 */
export function compileFilter(expr: FilterExpr, environment: FilterEnvironment): CompiledFilter {
  switch (expr.kind) {
    case 'constant':
      return (topology) => new Uint8Array(topology.size).fill(expr.value ? 1 : 0);
    case 'not':
      return compileNot(compileFilter(expr.of, environment));
    case 'and':
    case 'or':
      return compileJunction(
        expr.of.map((part) => compileFilter(part, environment)),
        expr.kind === 'and',
      );
    case 'call':
      return compileCall(expr.name, expr.args, environment);
    default:
      return compileTest(expr, environment.fields);
  }
}

function compileNot(of: CompiledFilter): CompiledFilter {
  return (topology, moment) => {
    const holds = of(topology, moment);
    for (let row = 0; row < holds.length; row++) holds[row] = holds[row] === 1 ? 0 : 1;
    return holds;
  };
}

function compileJunction(parts: readonly CompiledFilter[], all: boolean): CompiledFilter {
  return (topology, moment) => {
    const result = new Uint8Array(topology.size).fill(all ? 1 : 0);
    for (const part of parts) {
      const holds = part(topology, moment);
      for (let row = 0; row < result.length; row++) {
        if ((holds[row] === 1) !== all) result[row] = all ? 0 : 1;
      }
    }
    return result;
  };
}

function compileCall(
  name: string,
  args: readonly FilterArgument[],
  environment: FilterEnvironment,
): CompiledFilter {
  const def = environment.filters.get(name);
  if (def === undefined) {
    const known = [...environment.filters.keys()];
    throw unknownName('filter', name, known, nearestName(name, known));
  }
  const options = readArguments(def, args);
  const body = inHook(`filter ${name}`, () => def.build(options));
  if (typeof body !== 'function') return compileFilter(body, environment);
  return (topology, moment) => {
    const holds = new Uint8Array(topology.size);
    forEachRow(`filter ${name}`, topology, (row) => {
      holds[row] = body(readNode(topology, row), moment) ? 1 : 0;
    });
    return holds;
  };
}

function compileTest(test: FilterTest, fields: FieldCatalogue): CompiledFilter {
  const found = fields.find(test.field);
  if (found === undefined) {
    const known = fields.list().map((field) => field.name);
    throw unknownName('field', test.field, known, fields.nearest(test.field));
  }
  const accepts = compileValueTest(test);
  return (topology) => {
    return inHook(`field ${test.field}`, () =>
      testColumn(topology, found.field.read(topology, found.member), accepts),
    );
  };
}

/** The test of a single value. */
function compileValueTest(test: FilterTest): (value: FieldValue) => boolean {
  switch (test.kind) {
    case 'has':
      return () => true;
    case 'compare':
      return compileComparison(test.op, test.value);
    case 'in': {
      const tests = test.values.map((value) => compileComparison('=', value));
      const texts = new Set(test.values.map((value) => (value.kind === 'string' ? value.value : undefined)));
      return texts.has(undefined)
        ? (value) => tests.some((accepts) => accepts(value))
        : (value) => texts.has(String(value));
    }
    case 'match': {
      const pattern = compilePattern(test.pattern);
      if (!pattern.ok) throw new TypeError(`unchecked pattern ${test.pattern}: ${pattern.message}`);
      return (value) => pattern.test(String(value)) !== test.negated;
    }
  }
}

const UNKNOWN = 0;
const REFUSED = 1;
const ACCEPTED = 2;

function testColumn(
  topology: Topology,
  column: FieldColumn,
  accepts: (value: FieldValue) => boolean,
): Uint8Array {
  const { size, symbols } = topology;
  const holds = new Uint8Array(size);
  if (column.kind === 'values') {
    for (let row: Row = 0; row < size; row++) holds[row] = column.of(row).some(accepts) ? 1 : 0;
    return holds;
  }
  const verdicts = new Uint8Array(symbols.size);
  for (let row = 0; row < size; row++) {
    const symbol = column.column[row] as number;
    if (symbol === NONE) continue;
    let verdict = verdicts[symbol] as number;
    if (verdict === UNKNOWN) {
      verdict = accepts(symbols.text(symbol)) ? ACCEPTED : REFUSED;
      verdicts[symbol] = verdict;
    }
    holds[row] = verdict === ACCEPTED ? 1 : 0;
  }
  return holds;
}
