/** The byte of "nothing". */
export const NIL = 0xc0;

/** What kind of value a lead byte begins. */
export type Family = 'map' | 'list' | 'text' | 'number' | 'flag';

/** The kind of the value that a lead byte begins; `undefined` for extensions, which no probe sends. Nothing reads as a flag. */
export function familyOf(lead: number | undefined): Family | undefined {
  if (lead === undefined) return undefined;
  if (lead < 0x80 || lead >= 0xe0 || (lead >= 0xca && lead <= 0xd3)) return 'number';
  if (lead < 0x90 || lead === 0xde || lead === 0xdf) return 'map';
  if (lead < 0xa0 || lead === 0xdc || lead === 0xdd) return 'list';
  if (lead < 0xc0 || (lead >= 0xc4 && lead <= 0xc6) || (lead >= 0xd9 && lead <= 0xdb)) return 'text';
  if (lead === NIL) return 'flag';
  return lead === 0xc2 || lead === 0xc3 ? 'flag' : undefined;
}
