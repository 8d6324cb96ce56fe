#!/usr/bin/env node
// The command's launcher. It is checked in because a package manager links a bin at install time, and in a
// fresh checkout dist/ does not exist yet: a link to dist/main.js would silently not be made.
import { statSync } from 'node:fs';

const main = new URL('../dist/main.js', import.meta.url);
// Not existsSync: access(2) leaves out what capabilities allow.
if (statSync(main, { throwIfNoEntry: false }) !== undefined) {
  await import(main.href);
} else {
  console.error(
    'ridgeline: this checkout is not built yet. Run `npm run build` (or `npm start`, `npm test`) first.',
  );
  process.exitCode = 1;
}
