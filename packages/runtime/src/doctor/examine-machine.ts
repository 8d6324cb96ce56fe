import { type KernelFacts, type Privileges, probeKernel, readPrivileges } from '@ridgeline/linux';
import { examineSources } from './examine-sources.ts';
import type { Finding } from './finding.ts';
import { connectionTracking, hidePidOption, type ProcessFacts, surveyProcesses } from './machine-facts.ts';

/** Everything that is known of a machine before it is judged. */
export interface MachineFacts {
  readonly platform: string;
  readonly node: string;
  readonly effectiveUser: number | undefined;
  readonly privileges: Privileges;
  readonly kernel: KernelFacts;
  readonly processes: ProcessFacts | undefined;
  readonly hidePid: string | undefined;
  readonly connectionTracking: 'yes' | 'no';
}

/** Finds out what this machine allows, and what each lack costs the map. */
export async function examineMachine(): Promise<readonly Finding[]> {
  if (process.platform !== 'linux') return [notLinux(process.platform)];
  const findings = judgeMachine({
    platform: process.platform,
    node: process.versions.node,
    effectiveUser: process.geteuid?.(),
    privileges: readPrivileges(),
    kernel: probeKernel(),
    processes: await surveyProcesses('/proc'),
    hidePid: await hidePidOption('/proc'),
    connectionTracking: await connectionTracking('/proc'),
  });
  return [...findings, ...(await examineSources())];
}

/** The findings about a machine. Pure: the same facts, the same findings. */
export function judgeMachine(facts: MachineFacts): readonly Finding[] {
  if (facts.platform !== 'linux') return [notLinux(facts.platform)];
  return [
    system(facts),
    nodeVersion(facts),
    privileges(facts),
    processList(facts),
    socketOwners(facts),
    namespaces(facts),
    pidNamespace(facts),
    kernelEvents(facts),
    translation(facts),
  ];
}

const ROOT_REMEDY = 'run as root, or give CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH';

/** What helps against closed processes; for whom the kernel denies even so, nothing does. */
function lookingRemedy(held: Privileges): Pick<Finding, 'remedy'> {
  if (!held.effective.has('CAP_SYS_PTRACE') || !held.effective.has('CAP_DAC_READ_SEARCH')) {
    return { remedy: ROOT_REMEDY };
  }
  return {
    remedy: 'nothing: they hold capabilities that this root user lacks, or a security module guards them',
  };
}

function notLinux(platform: string): Finding {
  return {
    subject: 'system',
    state: 'missing',
    found: platform,
    cost: 'processes and connections of this machine are not seen; recordings and reports of other machines are',
    remedy: 'run it on Linux',
  };
}

function system({ kernel }: MachineFacts): Finding {
  return { subject: 'system', state: 'good', found: `Linux ${kernel.release}` };
}

function nodeVersion({ node }: MachineFacts): Finding {
  const major = Number.parseInt(node, 10);
  if (major >= 22) return { subject: 'Node', state: 'good', found: node };
  return {
    subject: 'Node',
    state: 'limited',
    found: `${node}: it works, but is past its end of life`,
    cost: 'nothing on the map; no more security fixes for Node itself',
    remedy: 'Node 24',
  };
}

function privileges({ effectiveUser, privileges: held }: MachineFacts): Finding {
  const subject = 'privileges';
  const user = effectiveUser === 0 ? 'root' : `user ${effectiveUser ?? 'unknown'}`;
  const list = [...held.effective].sort();
  const found = `${user}, ${list.length === 0 ? 'no capability that matters here' : list.join(', ')}${held.inUserNamespace ? ', inside a user namespace' : ''}`;
  const canLook = held.effective.has('CAP_SYS_PTRACE') && held.effective.has('CAP_DAC_READ_SEARCH');
  if (canLook && !held.inUserNamespace) return { subject, state: 'good', found };
  return {
    subject,
    state: 'limited',
    found,
    cost: held.inUserNamespace
      ? 'privileges reach only what belongs to the user namespace'
      : 'sockets of other users have no process on the map',
    remedy: held.inUserNamespace
      ? 'run it outside of the container, or with the user namespace of the host'
      : ROOT_REMEDY,
  };
}

function processList({ processes, hidePid }: MachineFacts): Finding {
  const subject = '/proc';
  if (processes === undefined) {
    return {
      subject,
      state: 'missing',
      found: 'cannot be listed',
      cost: 'there is no map without it',
      remedy: 'mount -t proc proc /proc, or give another place: --source procfs:root=DIR',
    };
  }
  const found = `${processes.processes} processes`;
  if (hidePid === undefined) return { subject, state: 'good', found };
  return {
    subject,
    state: 'limited',
    found: `${found}; mounted with hidepid=${hidePid}`,
    cost: 'processes of other users are not on the map',
    remedy: 'run as root, or as a member of the group that the mount names (gid=)',
  };
}

function socketOwners({ processes, privileges: held }: MachineFacts): Finding {
  const subject = 'owners of sockets';
  const { processes: all, closed } = processes ?? { processes: 0, closed: 0 };
  if (closed === 0)
    return { subject, state: 'good', found: `the files of all ${all} processes can be listed` };
  return {
    subject,
    state: 'limited',
    found: `the files of ${closed} of ${all} processes may not be listed`,
    cost: 'their connections stand on the map without a process',
    ...lookingRemedy(held),
  };
}

function namespaces({ processes, privileges: held }: MachineFacts): Finding {
  const subject = 'network namespaces';
  const {
    processes: all,
    namespaces: count,
    withoutNamespace,
  } = processes ?? { processes: 0, namespaces: 0, withoutNamespace: 0 };
  const found = `${count} seen`;
  if (withoutNamespace === 0) return { subject, state: 'good', found };
  return {
    subject,
    state: 'limited',
    found: `${found}; ${withoutNamespace} of ${all} processes do not tell theirs`,
    cost: 'a namespace that only they are in is missing, with all its connections',
    ...lookingRemedy(held),
  };
}

function pidNamespace({ kernel }: MachineFacts): Finding {
  const subject = 'pid namespace';
  if (kernel.inFirstPidNamespace) return { subject, state: 'good', found: 'that of the machine' };
  return {
    subject,
    state: 'limited',
    found: 'one of its own, as in a container',
    cost: 'only processes of this container are seen, under the pids that they have here',
    remedy: 'share the pid namespace of the host (--pid=host)',
  };
}

function kernelEvents({ kernel, privileges: held }: MachineFacts): Finding {
  const subject = 'connection events of the kernel (BPF)';
  const lacks: string[] = [];
  if (!kernel.hasBtf) lacks.push('no /sys/kernel/btf/vmlinux');
  if (!held.effective.has('CAP_BPF') || !held.effective.has('CAP_PERFMON')) {
    lacks.push('neither CAP_BPF with CAP_PERFMON nor CAP_SYS_ADMIN');
  }
  // One that is not mounted is mounted for the reader alone, where that is allowed.
  const canMount = held.effective.has('CAP_SYS_ADMIN') && !held.inUserNamespace;
  if (kernel.tracefs.path === undefined && !(kernel.tracefs.reason === 'not-mounted' && canMount)) {
    lacks.push(`tracefs is ${kernel.tracefs.reason === 'not-mounted' ? 'not mounted' : 'not readable'}`);
  }
  if (kernel.lockdown === 'confidentiality') lacks.push('the kernel is locked down (confidentiality)');
  if (held.inUserNamespace) lacks.push('inside a user namespace');
  if (lacks.length === 0) return { subject, state: 'good', found: 'all that tracing programs need' };
  return {
    subject,
    state: 'limited',
    found: lacks.join('; '),
    cost: 'connections shorter than the pause between two looks at /proc may be missed',
    remedy: 'run as root on a kernel with BTF (CONFIG_DEBUG_INFO_BTF) and a mounted tracefs',
  };
}

function translation({ connectionTracking: tracking }: MachineFacts): Finding {
  const subject = 'address translation (conntrack)';
  if (tracking === 'yes') return { subject, state: 'good', found: 'the kernel tracks connections' };
  return {
    subject,
    state: 'limited',
    found: 'no connection tracking in this network namespace',
    cost: 'where addresses are translated (NAT), both ends of a connection do not meet; without NAT nothing is lost',
    remedy: 'nothing, unless this machine translates addresses: then load nf_conntrack',
  };
}
