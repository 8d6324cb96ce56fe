import { networkContains, parseNetwork } from './cidr.ts';
import type { CidrValue, CompareOp, FieldValue, FilterValue } from './expression.ts';
import { parseNumber } from './value.ts';

/**
 * How one value of a field stands to a literal, as a function resolved once for each test. The kind of the literal
 * decides how the value is read (see expression.ts).
 *
 * @throws TypeError for an unbound parameter, and for an order with a network: refused where filters are read, so
 *   only code that skips those checks can get here
 */
export function compileComparison(op: CompareOp, literal: FilterValue): (value: FieldValue) => boolean {
  switch (literal.kind) {
    case 'string':
      return (value) => relates(String(value), op, literal.value);
    case 'number':
      return (value) => {
        const number = typeof value === 'number' ? value : parseNumber(value);
        return number === undefined || Number.isNaN(number)
          ? op === '!='
          : relates(number, op, literal.value);
      };
    case 'cidr':
      return compileContainment(op, literal);
    case 'parameter':
      throw new TypeError(`the parameter $${literal.name} is not bound: expand named filters first`);
  }
}

function compileContainment(op: CompareOp, literal: CidrValue): (value: FieldValue) => boolean {
  if (op !== '=' && op !== '!=') throw new TypeError(`a network has no order: ${op} ${literal.network}`);
  const outer = parseNetwork(`${literal.network}/${literal.bits}`);
  if (outer === undefined) throw new TypeError(`${literal.network}/${literal.bits} is no network`);
  return (value) => {
    const inner = typeof value === 'string' ? parseNetwork(value) : undefined;
    return (inner !== undefined && networkContains(outer, inner)) === (op === '=');
  };
}

function relates<T extends string | number>(value: T, op: CompareOp, literal: T): boolean {
  switch (op) {
    case '=':
      return value === literal;
    case '!=':
      return value !== literal;
    case '<':
      return value < literal;
    case '<=':
      return value <= literal;
    case '>':
      return value > literal;
    case '>=':
      return value >= literal;
  }
}
