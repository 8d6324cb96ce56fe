// Who may import whom: the table that boundaries.mjs enforces. An arrow that is not here is not allowed.

/**
 * @typedef {object} Room what one package may import
 * @property {readonly string[]} packages our own packages by short name; `core/wire` allows that entry alone
 * @property {boolean} node whether it may use Node's own modules: what also runs in a browser may not
 * @property {boolean} [isPage] it runs in a browser alone, with a browser's clock, and is bundled: the packages that it
 *   is made of are its devDependencies, and nobody imports it
 */

/** What a source of facts may use. Never a renderer or a filter. */
const source = { packages: ['vocabulary', 'core', 'linux'], node: true };

/**
 * What speaks with the runtime also speaks of core's types and vocabulary's keys, which the runtime's own signatures
 * are made of.
 */
const aboveRuntime = ['runtime', 'core', 'vocabulary'];

/** @type {Readonly<Record<string, Room>>} */
export const packageDirections = {
  core: { packages: [], node: false },
  vocabulary: { packages: ['core'], node: false },
  testkit: { packages: ['core', 'vocabulary'], node: true },
  linux: { packages: [], node: true },
  'source-ebpf': source,
  'source-procfs': source,
  'source-conntrack': source,
  'source-containers': source,
  'source-kubernetes': source,
  'source-replay': source,
  'filters-builtin': { packages: ['vocabulary', 'core'], node: false },
  'renderers-builtin': { packages: ['filters-builtin', 'vocabulary', 'core'], node: false },
  'scope-compat': { packages: ['vocabulary', 'core'], node: true },
  runtime: {
    packages: [
      'core',
      // itself, whole: it hands its own entry to the plugins that it loads
      'runtime',
      'vocabulary',
      'filters-builtin',
      'renderers-builtin',
      // for `doctor`: what the kernel and this process's privileges allow
      'linux',
      'source-ebpf',
      'source-procfs',
      'source-conntrack',
      'source-containers',
      'source-kubernetes',
      'source-replay',
    ],
    node: true,
  },
  diagram: { packages: ['core/wire'], node: false },
  client: { packages: ['core/wire'], node: false },
  // The API's schemas live in `client`: the server checks by what the client is typed by.
  server: { packages: [...aboveRuntime, 'client', 'scope-compat', 'diagram'], node: true },
  // The page is files that cli hands to the server, not code that it imports.
  cli: { packages: [...aboveRuntime, 'server', 'diagram', 'scope-compat', 'web/package.json'], node: true },
  web: { packages: ['client', 'diagram', 'core/wire', 'core/filter'], node: false, isPage: true },
};

/**
 * The folders of core/src, each of which may import the ones before it. `index.ts` files at the top only re-export
 * and may import all.
 */
export const coreOrder = ['ids', 'model', 'filter', 'render', 'view', 'plugin', 'engine', 'live'];

/** Files and folders of core/src that any other may import, and that import only each other. */
export const coreLeaves = ['errors', 'internal', 'wire'];

/**
 * The leaf that names what leaves the process, and so takes types (nothing else) from every room: in a browser it
 * brings no code but its own.
 */
export const coreTypeReaders = ['wire'];

/**
 * Other people's modules that only some packages may import, types included.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const confinedModules = {
  // One composition root; everything else takes what it needs as arguments.
  tsyringe: ['runtime'],
  'reflect-metadata': ['runtime'],
  // Nothing else in the tree touches a foreign function.
  koffi: ['linux'],
};

/** These must be imported by one file of their package alone: the polyfill has to come first (see docs/decisions). */
export const oneFileModules = ['tsyringe', 'reflect-metadata'];
