// Puts a mutant into the text of its file.

/**
 * @param {import('./mutant.ts').Mutant} mutant
 * @param {string} source the file's text
 * @returns {string}
 * @throws {Error} when the text to be replaced does not occur exactly once: the table is stale, or says too little
 */
export function mutate({ name, file, find, replace }, source) {
  const occurrences = find === '' ? 0 : source.split(find).length - 1;
  if (occurrences !== 1) {
    throw new Error(
      `${name}: its text occurs ${occurrences} times in ${file}, and must occur once:\n  ${find}`,
    );
  }
  if (find === replace) throw new Error(`${name}: its edit changes nothing`);
  // Not String.replace: a `$` in the replacement is meant as it stands.
  const at = source.indexOf(find);
  return source.slice(0, at) + replace + source.slice(at + find.length);
}
