import { examineMachine, type Finding } from '@ridgeline/runtime';
import { EXIT } from '../failure.ts';
import { type Io, styleOf, widthOf, writeLines } from '../io.ts';
import type { Role } from '../terminal/style.ts';
import { truncateStyled } from '../terminal/styled-width.ts';

const MARKS: Readonly<Record<Finding['state'], { readonly mark: string; readonly role: Role }>> = {
  good: { mark: '✔', role: 'good' },
  limited: { mark: '!', role: 'warning' },
  missing: { mark: '✘', role: 'trouble' },
};

/** `ridgeline doctor`: what this machine allows, and what each lack costs the map. */
export async function runDoctor(io: Io, flags: { readonly json?: boolean }): Promise<number> {
  const findings = await examineMachine();
  if (flags.json === true) {
    io.out.write(`${JSON.stringify(findings, undefined, 2)}\n`);
    return EXIT.done;
  }
  const style = styleOf(io.out, io.env);
  const width = widthOf(io.out);
  const lines = findings.flatMap(({ subject, state, found, cost, remedy }) => {
    const { mark, role } = MARKS[state];
    return [
      `${style(role, mark)} ${style('strong', subject)}: ${found}`,
      ...(cost === undefined ? [] : [`    costs: ${cost}`]),
      ...(remedy === undefined ? [] : [`    ${style('muted', `to do: ${remedy}`)}`]),
    ];
  });
  const lacks = findings.filter(({ state }) => state !== 'good').length;
  lines.push(
    '',
    lacks === 0 ? 'Nothing is missing.' : `${lacks} of ${findings.length} findings cost the map something.`,
  );
  writeLines(
    io.out,
    lines.map((line) => (width === Number.POSITIVE_INFINITY ? line : truncateStyled(line, width))),
  );
  // Also a poor machine gives a map: the doctor himself has not failed.
  return EXIT.done;
}
