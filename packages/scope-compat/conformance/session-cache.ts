import type { ConformanceFolder } from './folder.ts';
import { Session } from './session.ts';

const sessions = new WeakMap<ConformanceFolder, { readonly input: string; readonly session: Session }>();

/** The session of an input; the last one is kept, for the cases of a file follow each other. */
export function sessionOf(folder: ConformanceFolder, input: string): Session {
  const known = sessions.get(folder);
  if (known?.input === input) return known.session;
  const session = new Session(folder.reports(input));
  sessions.set(folder, { input, session });
  return session;
}
