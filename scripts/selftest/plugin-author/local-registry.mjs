// A package registry on loopback, of what is installed here and of our own packages as they would be published: what an
// author installs, without a network.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { root } from '../../workspace.mjs';

/**
 * @typedef {{ readonly manifest: Record<string, unknown>, readonly tarball: () => Buffer }} Version
 * @typedef {Map<string, Map<string, Version>>} Packages by name, by version
 */

/**
 * Adds a package from its tarball.
 *
 * @param {Packages} packages
 * @param {string} file
 */
function addTarball(packages, file) {
  const manifest = JSON.parse(tar(['-xzOf', file, 'package/package.json']).toString('utf8'));
  add(packages, manifest, () => readFileSync(file));
}

/**
 * Adds every third-party package that the workspace has installed.
 *
 * @param {Packages} packages
 */
function addInstalled(packages) {
  const store = join(root, 'node_modules/.pnpm');
  for (const entry of readdirSync(store)) {
    const modules = join(store, entry, 'node_modules');
    if (!existsSync(modules)) continue;
    const names = readdirSync(modules).flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
    );
    for (const name of names) {
      const folder = join(modules, name);
      // Links lead to the dependencies of the one package that stands here.
      if (lstatSync(folder).isSymbolicLink() || !existsSync(join(folder, 'package.json'))) continue;
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      // Files of one content are one file in pnpm's store; npm unpacks no links.
      add(packages, manifest, () =>
        tar([
          '--hard-dereference',
          '-czf',
          '-',
          '-C',
          folder,
          '--exclude=./node_modules',
          '--transform=s,^\\.,package,',
          '.',
        ]),
      );
    }
  }
}

/**
 * @param {Packages} packages
 * @param {{ name: string, version: string }} manifest
 * @param {() => Buffer} tarball
 */
function add(packages, manifest, tarball) {
  const versions = packages.get(manifest.name) ?? new Map();
  packages.set(manifest.name, versions);
  versions.set(manifest.version, { manifest, tarball });
}

/** @param {readonly string[]} args */
function tar(args) {
  const result = spawnSync('tar', args, { maxBuffer: 1 << 28 });
  if (result.status !== 0) throw new Error(`tar ${args.join(' ')}: ${result.stderr.toString('utf8')}`);
  return result.stdout;
}

/**
 * Opens the registry.
 *
 * @param {readonly string[]} tarballs of our own packages
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function openRegistry(tarballs) {
  /** @type {Packages} */
  const packages = new Map();
  addInstalled(packages);
  for (const file of tarballs) addTarball(packages, file);
  /** @type {Map<string, Buffer>} */
  const packed = new Map();
  let url = '';
  const server = createServer((request, response) => {
    const [path = ''] = decodeURIComponent(request.url ?? '').split('?');
    const [, name = '', version] = /^\/((?:@[^/]+\/)?[^/]+)(?:\/-\/(.+)\.tgz)?$/.exec(path) ?? [];
    const versions = packages.get(name);
    if (versions === undefined) {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
      return;
    }
    /** @param {string} wanted */
    const tarballOf = (wanted) => {
      const key = `${name}@${wanted}`;
      const bytes = packed.get(key) ?? /** @type {Version} */ (versions.get(wanted)).tarball();
      packed.set(key, bytes);
      return bytes;
    };
    if (version !== undefined) {
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(tarballOf(version));
      return;
    }
    const described = [...versions].map(([number, { manifest }]) => [
      number,
      {
        ...manifest,
        dist: {
          tarball: `${url}/${name}/-/${number}.tgz`,
          integrity: `sha512-${createHash('sha512').update(tarballOf(number)).digest('base64')}`,
        },
      },
    ]);
    const latest = [...versions.keys()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
    const packument = { name, 'dist-tags': { latest }, versions: Object.fromEntries(described) };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(packument));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the registry has no port');
  url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
