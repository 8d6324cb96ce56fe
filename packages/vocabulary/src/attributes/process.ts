import {
  type Attribute,
  datetimeAttribute,
  type Millis,
  numberAttribute,
  textAttribute,
} from '@ridgeline/core';

/** The name of the program. */
export const processName: Attribute<string> = textAttribute('name', 'process.name');

/** The process that started this one. */
export const parentPid: Attribute<string> = textAttribute('ppid');

/** The command line, arguments joined by spaces. */
export const commandLine: Attribute<string> = textAttribute('cmdline');

/** How many threads it has. */
export const threads: Attribute<number> = numberAttribute('threads');

/** The name of the user it runs as, or the number of one without a name. */
export const processUser: Attribute<string> = textAttribute('process_user', 'user');

/** When it was started. */
export const processStarted: Attribute<Millis> = datetimeAttribute('process_started', 'process.started');

/** Its control group, as a path from the root of the hierarchy. */
export const cgroup: Attribute<string> = textAttribute('cgroup');

/** The inode of its network namespace. */
export const networkNamespace: Attribute<string> = textAttribute('netns_inode', 'process.netns');

/** Metric: share of the machine's processors, in percent. */
export const PROCESS_CPU = 'process_cpu_usage_percent';

/** Metric: resident memory, in bytes. */
export const PROCESS_MEMORY = 'process_memory_usage_bytes';

/** Metric: open file descriptors. */
export const OPEN_FILES = 'open_files_count';
