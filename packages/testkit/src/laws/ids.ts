/** Laws A: identity and wire. */
import {
  type IdKind,
  mergeReports,
  type Report,
  RidgelineError,
  reintern,
  SymbolTable,
} from '@ridgeline/core';
import { canonicalText, sameData } from '../plain/canonical-text.ts';
import { reportText, sameReport } from '../plain/same.ts';

/** A1: `decode(kind, encode(kind, parts)) = parts` for all parts that the kind allows. */
export function decodesWhatItEncodes<Parts extends readonly string[]>(
  kind: IdKind<Parts>,
  parts: Parts,
): boolean {
  return sameData(kind.decode(kind.encode(...parts)), parts);
}

/** A2: `encode(kind, a) = encode(kind, b) ⇔ a = b`. */
export function encodesApart<Parts extends readonly string[]>(
  kind: IdKind<Parts>,
  a: Parts,
  b: Parts,
): boolean {
  return (kind.encode(...a) === kind.encode(...b)) === sameData(a, b);
}

/** How reports are written and read again. */
export interface ReportCodec<Wire> {
  write(report: Report): Wire;
  read(wire: Wire, symbols: SymbolTable): Report;
}

/** A3: `fromJson(toJson(r)) ≅ r`. */
export function readsWhatItWrites<Wire>(codec: ReportCodec<Wire>, report: Report): boolean {
  return sameReport(codec.read(codec.write(report), new SymbolTable()), report);
}

/** A3: `a ≅ b ⇒ toJson(a) = toJson(b)`, byte for byte; b is a in other symbols and another order. */
export function writesStably<Wire>(codec: ReportCodec<Wire>, a: Report, b: Report): boolean {
  return !sameReport(a, b) || canonicalText(codec.write(a)) === canonicalText(codec.write(b));
}

/** A4: `reintern(r, table) ≅ r`, also into a table that already gives other numbers to the same texts. */
export function reinterningChangesNothing(report: Report, others: readonly string[]): boolean {
  const symbols = new SymbolTable();
  for (const text of others) symbols.intern(text);
  const before = reportText(report);
  const moved = reintern(report, symbols);
  return (
    moved.symbols === symbols &&
    reportText(moved) === before &&
    reportText(reintern(moved, report.symbols)) === before
  );
}

/** A4: a report in symbols of another table is rejected, whatever the two have in common. */
export function rejectsForeignSymbols(report: Report): boolean {
  try {
    mergeReports(new SymbolTable(), [report]);
    return false;
  } catch (error) {
    return error instanceof RidgelineError && error.code === 'FOREIGN_SYMBOLS';
  }
}
