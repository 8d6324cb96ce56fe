// Programs of the operating system that some tests need, and how to get them.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { CommandFailed, environment, run } from '../run-command.mjs';

/**
 * @typedef {object} SystemTool
 * @property {string} command looked for on the PATH
 * @property {string} debianPackage
 * @property {readonly string[]} [more] packages that it is of little use without
 * @property {string} without what is skipped when it is missing
 */

/** @type {readonly SystemTool[]} */
const systemTools = [
  { command: 'ip', debianPackage: 'iproute2', without: 'tests in network namespaces of their own' },
  { command: 'nft', debianPackage: 'nftables', without: 'tests of translated (NAT) connections' },
  {
    command: 'conntrack',
    debianPackage: 'conntrack',
    without: 'reading connections by the conntrack program',
  },
  { command: 'python3', debianPackage: 'python3', without: 'tests with servers and clients of another make' },
  { command: 'clang', debianPackage: 'clang', without: 'compiling the eBPF programs' },
  { command: 'llvm-strip', debianPackage: 'llvm', without: 'compiling the eBPF programs' },
  {
    command: 'bpftool',
    debianPackage: 'bpftool',
    without: 'tests that look into the kernel for what was left',
  },
  {
    command: 'chromium',
    debianPackage: 'chromium',
    // Without any font a page has no text.
    more: ['fonts-dejavu-core'],
    without: 'tests of the page in a browser',
  },
];

/** @param {SystemTool} tool */
function isMissing({ command }) {
  return !(environment.PATH ?? '').split(':').some((folder) => folder && existsSync(`${folder}/${command}`));
}

const isRoot = process.getuid?.() === 0;

/** @param {readonly SystemTool[]} tools */
function installWithApt(tools) {
  const packages = [...new Set(tools.flatMap(({ debianPackage, more = [] }) => [debianPackage, ...more]))];
  console.error(`installing ${packages.join(', ')} for the tests (NO_APT=1 to leave them out)`);
  const env = { ...environment, DEBIAN_FRONTEND: 'noninteractive' };
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const options = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  const aptInstall = ['install', '-y', '-qq', '--no-install-recommends'];
  run('apt-get', ['update', '-qq'], options);
  // All at once is quicker, but one package that this system does not know would keep out the others.
  if (spawnSync('apt-get', [...aptInstall, ...packages], { env, stdio: 'ignore' }).status === 0) return;
  for (const name of packages) run('apt-get', [...aptInstall, name], options);
}

/**
 * Installs what is missing where that is possible (as root, with apt, unless NO_APT is set), and says loudly what
 * is skipped where it is not. In CI nothing may be skipped for want of a tool.
 *
 * @throws {CommandFailed} in CI, when a tool is still missing
 */
export function provideSystemTools() {
  const missing = systemTools.filter(isMissing);
  if (missing.length > 0 && isRoot && !process.env.NO_APT && existsSync('/usr/bin/apt-get'))
    installWithApt(missing);
  const stillMissing = missing.filter(isMissing);
  for (const { command, debianPackage, without } of stillMissing) {
    console.error(`*** WILL BE SKIPPED: ${without}: no ${command} (apt-get install ${debianPackage})`);
  }
  if (!isRoot) console.error('*** WILL BE SKIPPED: *.root.test.ts: they need root, and this is a plain user');
  if (process.env.CI && stillMissing.length > 0) {
    console.error('CI needs all of these tools, and they could not be installed');
    throw new CommandFailed(1);
  }
}
