/** One thing a machine allows or does not. */
export interface Finding {
  readonly subject: string;
  readonly state: 'good' | 'limited' | 'missing';
  /** What there is, in a sentence. */
  readonly found: string;
  /** What its lack costs the map. */
  readonly cost?: string;
  /** What to do about it. */
  readonly remedy?: string;
}
