/** A text as it stands in a filter: bare where it can be, else in quotes. */
function filterLiteral(text: string): string {
  // A keyword would be read as one: quotes never hurt.
  const isPlain =
    /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(text) && !/^(?:and|or|not|in|has|true|false)$/i.test(text);
  return isPlain ? text : `"${text.replace(/["\\]/g, '\\$&').replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, escapeUnit)}"`;
}

/** The filter that keeps one node alone. */
export function onlyNodeFilter(id: string): string {
  return `id = ${filterLiteral(id)}`;
}

function escapeUnit(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The filter that leaves one node out. */
export function exceptNodeFilter(id: string): string {
  return `id != ${filterLiteral(id)}`;
}
