/**
 * The parts of a printed filter that all must hold, each as it is printed alone: the clauses that the server makes of it.
 *
 * The page does not carry the parser of the language; the server prints what it has understood, and in that text only quotes
 * and parentheses can hide an `and`. Law: the parts of `printFilter(e)` are the conjuncts of `e`, printed.
 *
 * @param printed - a filter as `printFilter` gives it (the answer of the check route), not as a person wrote it
 */
export function splitConjuncts(printed: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < printed.length; at++) {
    const char = printed[at];
    if (char === '"') at = endOfQuote(printed, at);
    else if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (depth === 0 && char === ' ') {
      // An `or` outside of parentheses binds less than any `and`: the whole is one condition.
      if (printed.startsWith(' or ', at)) return [printed];
      if (!printed.startsWith(' and ', at)) continue;
      parts.push(printed.slice(start, at));
      start = at + ' and '.length;
    }
  }
  parts.push(printed.slice(start));
  return parts.length === 1 ? parts : parts.map(withoutParentheses);
}

/** An `or` stands in parentheses only because of the `and` beside it. */
function withoutParentheses(part: string): string {
  return part.startsWith('(') ? part.slice(1, -1) : part;
}

function endOfQuote(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
