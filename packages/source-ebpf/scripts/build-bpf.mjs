#!/usr/bin/env node
// Compiles bpf/ridgeline.bpf.c. The result is bit-for-bit the same wherever the same major version of clang runs:
// no path, date or host name enters it. Needs Debian's clang and llvm.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { argv, exit, stderr } from 'node:process';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../bpf/', import.meta.url));
const FLAGS = [
  '-g',
  '-O2',
  '-mcpu=v3',
  '--target=bpf',
  '-fdebug-compilation-dir=.',
  '-Wall',
  '-Werror',
  '-Wno-unused-function',
  '-Wno-unused-variable',
];

/** The clang this machine has, or undefined. */
export function findClang() {
  for (const name of ['clang-14', 'clang']) {
    const r = spawnSync(name, ['--version'], { encoding: 'utf8' });
    const major = /clang version (\d+)/.exec(r.stdout ?? '')?.[1];
    if (r.status === 0 && major !== undefined) return { name, major: Number(major) };
  }
  return undefined;
}

function run(bin, args) {
  const r = spawnSync(bin, args, { cwd: folder, encoding: 'utf8' });
  if (r.error !== undefined) throw new Error(`${bin} cannot be run: ${r.error.message}`);
  if (r.status !== 0) throw new Error(`${bin} ${args.join(' ')}\n${r.stderr}`);
}

/** Builds the object and gives its bytes. */
export function buildObject(clang) {
  const out = mkdtempSync(join(tmpdir(), 'ridgeline-bpf-'));
  try {
    const object = join(out, 'ridgeline.bpf.o');
    run(clang.name, [...FLAGS, '-c', 'ridgeline.bpf.c', '-o', object]);
    // Debug sections go, BTF stays.
    run(clang.name.replace('clang', 'llvm-strip'), ['-g', object]);
    return readFileSync(object);
  } finally {
    rmSync(out, { recursive: true });
  }
}

if (argv[1] !== undefined && resolve(argv[1]) === fileURLToPath(import.meta.url)) {
  const { writeFileSync } = await import('node:fs');
  const clang = findClang();
  if (clang === undefined) {
    stderr.write('clang is not installed (Debian: apt-get install clang llvm)\n');
    exit(1);
  }
  const object = buildObject(clang);
  writeFileSync(join(folder, 'ridgeline.bpf.o'), object);
  stderr.write(`bpf/ridgeline.bpf.o: ${object.length} bytes, clang ${clang.major}\n`);
}
