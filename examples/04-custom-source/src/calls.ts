import * as z from 'zod';

/** A line of the file: who called whom. */
export interface Call {
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly bytes?: number | undefined;
}

const call: z.ZodType<Call> = z.object({
  at: z.iso.datetime(),
  from: z.string().min(1),
  to: z.string().min(1),
  bytes: z.number().nonnegative().optional(),
});

/** The call of a line; `undefined` for a line that says none. */
export function parseCall(line: string): Call | undefined {
  try {
    const parsed = call.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // Not JSON: counted among what is lost, like a line of another shape.
    return undefined;
  }
}

/** Cuts bytes that come in pieces into whole lines. */
export class LineCutter {
  #rest = new Uint8Array(0);

  /** The lines that are whole now; the last one, if it has no end yet, is kept. */
  cut(bytes: Uint8Array): readonly string[] {
    const all = new Uint8Array(this.#rest.length + bytes.length);
    all.set(this.#rest);
    all.set(bytes, this.#rest.length);
    const end = all.lastIndexOf(10) + 1;
    this.#rest = all.slice(end);
    return new TextDecoder()
      .decode(all.subarray(0, end))
      .split('\n')
      .filter((line) => line !== '');
  }

  /** Forgets a line without an end: the file was begun anew. */
  reset(): void {
    this.#rest = new Uint8Array(0);
  }
}
