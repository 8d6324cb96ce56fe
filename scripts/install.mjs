// Installs the dependencies when what is installed is not what the manifests ask for.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, mustRun } from './run-command.mjs';
import { membersIn, readManifest, root } from './workspace.mjs';

const stamp = join(root, 'node_modules/.installed');

/** Every file that decides what is to be installed. */
function inputs() {
  const members = [...membersIn('packages'), ...membersIn('examples')];
  return [
    'package.json',
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'docs/package.json',
    ...members.map(({ folder }) => `${folder}/package.json`),
  ];
}

function fingerprint() {
  // Native packages differ by platform, processor and Node's ABI.
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${process.versions.modules}`);
  for (const path of inputs()) {
    if (existsSync(join(root, path))) hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex');
}

/** Whether each member with dependencies has its folder of links; one that was deleted by hand has not. */
function linksStand() {
  return [...membersIn('packages'), ...membersIn('examples')].every(
    ({ folder, manifest }) =>
      !(manifest.dependencies ?? manifest.devDependencies) || existsSync(join(root, folder, 'node_modules')),
  );
}

/**
 * Runs the pnpm that package.json pins: the one on PATH when it is that version, else through npm, so that a
 * machine needs nothing but Node and npm (corepack is not used: it fails on rotated signatures).
 *
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 */
export function pnpm(args, options) {
  const pin = readManifest('package.json').packageManager ?? '';
  // Asked outside of the workspace: inside, pnpm would switch to the pinned version by itself.
  const own = spawnSync('pnpm', ['--version'], { encoding: 'utf8', env: environment, cwd: '/' });
  if (own.status === 0 && `pnpm@${own.stdout.trim()}` === pin) return mustRun('pnpm', args, options);
  mustRun('npm', ['exec', '--yes', '--loglevel=error', `--package=${pin}`, '--', 'pnpm', ...args], options);
}

/** Installs when needed. An install that was killed leaves no stamp, so that the next command repeats it. */
export function install() {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && linksStand()) return;
  rmSync(stamp, { force: true });
  pnpm([
    'install',
    process.env.CI ? '--frozen-lockfile' : '--prefer-frozen-lockfile',
    '--reporter=append-only',
    // Without it pnpm wants to ask before it replaces a node_modules that it cannot use.
    '--config.confirm-modules-purge=false',
    // Its shortcut trusts timestamps and so keeps a node_modules that was left half done.
    '--config.optimistic-repeat-install=false',
  ]);
  // Taken again: outside of CI pnpm may have brought the lockfile up to date.
  writeFileSync(stamp, fingerprint());
}
