import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCgroupPaths, findCgroupRoot } from '../src/cgroup-paths.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'ridgeline-cgroup-'));
  mkdirSync(join(root, 'system.slice', 'ssh.service'), { recursive: true });
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

const idOf = (path: string): number => statSync(join(root, path)).ino;

it('names a control group by the inode of its folder, and looks again for a new one after a while', () => {
  const groups = createCgroupPaths(root);
  expect(groups.pathOf(idOf('system.slice/ssh.service'), 0)).toBe('/system.slice/ssh.service');
  expect(groups.pathOf(idOf(''), 0)).toBe('/');
  mkdirSync(join(root, 'new'));
  expect(groups.pathOf(idOf('new'), 100)).toBeUndefined();
  expect(groups.pathOf(idOf('new'), 6000)).toBe('/new');
  expect(groups.pathOf(0, 9000)).toBeUndefined();
  expect(createCgroupPaths('/nonexistent').pathOf(1, 0)).toBeUndefined();
});

it('finds where the unified hierarchy is mounted', () => {
  const file = join(root, 'mountinfo');
  writeFileSync(
    file,
    '30 20 0:26 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n31 20 0:27 / /sys/fs/cgroup/unified rw,nosuid shared:4 - cgroup2 cgroup2 rw\n',
  );
  expect(findCgroupRoot(file)).toBe('/sys/fs/cgroup/unified');
  expect(findCgroupRoot(join(root, 'nothing'))).toBeUndefined();
});
