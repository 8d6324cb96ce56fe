/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* What there is already. */
#ifndef RIDGELINE_SNAPSHOT_H
#define RIDGELINE_SNAPSHOT_H

#include "tell.h"

/* The initial state: every socket that a process holds, of all network namespaces, in one pass (since 5.8). */
SEC("iter/task_file")
int snapshot(struct bpf_iter__task_file *ctx)
{
	struct file *f = ctx->file;
	struct task_struct *task = ctx->task;
	if (!f || !task) return 0;
	struct sock *sk = socket_of_file(f);
	if (!sk) return 0;
	__u16 family = READ(sk, __sk_common.skc_family);
	if (family != AF_INET && family != AF_INET6) return 0;
	__u16 protocol = READ(sk, sk_protocol);
	__u8 state = READ(sk, __sk_common.skc_state);
	/* A UDP socket is "established" once it is connected: only then it has one peer. */
	if (protocol == IPPROTO_UDP ? state != TCP_ESTABLISHED : protocol != IPPROTO_TCP || state == TCP_CLOSE) return 0;

	struct record r = {};
	r.kind = RECORD_SNAPSHOT;
	r.time = bpf_ktime_get_ns();
	r.state = state;
	fill_addresses(&r, sk);
	r.fd = ctx->fd;
	r.pid = READ(task, tgid);
	struct inode *inode = READ(f, f_inode);
	r.inode = READ(inode, i_ino);
	struct css_set *css = READ(task, cgroups);
	struct cgroup *cgroup = READ(css, dfl_cgrp);
	struct kernfs_node *node = READ(cgroup, kn);
	r.cgroup = READ(node, id);
	READ_INTO(&r.comm, task, comm);

	if (protocol == IPPROTO_TCP) {
		fill_bytes(&r, sk);
		__u64 key = r.socket;
		struct owner *known = bpf_map_lookup_elem(&owners, &key);
		if (known) {
			r.born = known->born;
			r.direction = known->direction;
		} else {
			r.direction = state == TCP_LISTEN ? DIRECTION_LISTEN : state == TCP_SYN_SENT ? DIRECTION_OUT : DIRECTION_UNKNOWN;
			/* So that its end carries the process although its beginning was not seen. */
			struct owner o = { .cgroup = r.cgroup, .pid = r.pid, .direction = r.direction, .established = state != TCP_SYN_SENT };
			__builtin_memcpy(o.comm, r.comm, sizeof(o.comm));
			bpf_map_update_elem(&owners, &key, &o, BPF_NOEXIST);
		}
	}
	/* A plain load, and not READ: the verifier wants to see where this pointer comes from. */
	bpf_seq_write(ctx->meta->seq, &r, sizeof(r));
	return 0;
}

/* Every TCP socket of one network namespace, also those that no process holds: closing, or waiting to be accepted. */
SEC("iter/tcp")
int sockets(struct bpf_iter__tcp *ctx)
{
	struct sock_common *sk = ctx->sk_common;
	if (!sk) return 0;
	__u8 state = READ(sk, skc_state);
	if (state == TCP_TIME_WAIT || state == TCP_CLOSE || state == TCP_NEW_SYN_RECV) return 0;
	__u64 address = (__u64)sk;
	bpf_seq_write(ctx->meta->seq, &address, sizeof(address));
	return 0;
}

#endif
