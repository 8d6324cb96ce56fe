/** `12,345` */
export function countWords(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 node`, `2 nodes`; of what does not take an `s`, both are given. */
export function numbered(count: number, one: string, many: string = `${one}s`): string {
  return `${countWords(count)} ${count === 1 ? one : many}`;
}
