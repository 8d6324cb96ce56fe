/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The process of an accepted connection. */
#ifndef RIDGELINE_ACCEPT_H
#define RIDGELINE_ACCEPT_H

#include "tell.h"

/* Answers whether it told something. */
inline_always bool on_accept(struct sock *sk, __u32 fd)
{
	if (!sk || READ(sk, sk_protocol) != IPPROTO_TCP) return false;
	__u16 family = READ(sk, __sk_common.skc_family);
	if (family != AF_INET && family != AF_INET6) return false;
	__u8 state = READ(sk, __sk_common.skc_state);
	__u64 key = (__u64)sk, now = bpf_ktime_get_ns();
	struct owner *known = bpf_map_lookup_elem(&owners, &key);
	struct owner o = {};
	if (known) {
		if (known->accepted) return false;
		o = *known;
	}
	o.direction = DIRECTION_IN;
	o.accepted = o.established = 1;
	/* Without an entry the birth stays 0: the passive opening was not seen, or the connection has ended already. */
	take_current(&o);
	/* Reset by the peer before accept(): it has had its last state, an entry would stay for ever. */
	if (state != TCP_CLOSE) keep(key, &o);
	tell(sk, &o, RECORD_ACCEPT, state, now, fd);
	return true;
}

/* The process of an accept, best first. Since 6.10 inet_csk_accept() takes (sk, struct proto_accept_arg *), before that
 * (sk, flags, error, kern): the returned socket comes after the arguments. */
SEC("fexit/inet_csk_accept")
int accept_fexit(__u64 *ctx)
{
	struct sock *sk = (struct sock *)(TYPE_EXISTS(struct proto_accept_arg) ? ctx[2] : ctx[4]);
	return counted(COUNTER_ACCEPT_HITS, on_accept(sk, 0));
}

SEC("kretprobe/inet_csk_accept")
int accept_return(void *ctx)
{
	struct sock *sk;
	if (FIELD_EXISTS(struct pt_regs___x64, ax)) sk = (struct sock *)READ((struct pt_regs___x64 *)ctx, ax);
	else sk = (struct sock *)READ((struct pt_regs___arm64 *)ctx, regs[0]);
	return counted(COUNTER_ACCEPT_HITS, on_accept(sk, 0));
}

/* Source: /sys/kernel/tracing/events/syscalls/sys_exit_accept/format. */
struct system_call_exit { __u64 common; __s64 number; __s64 result; };

inline_always bool on_accept_call(struct system_call_exit *ctx)
{
	__s64 fd = ctx->result;
	if (fd < 0) return false;
	struct task_struct *task = (void *)bpf_get_current_task();
	struct files_struct *files = READ(task, files);
	struct fdtable *table = READ(files, fdt);
	if (fd >= READ(table, max_fds)) return false;
	struct file **array = READ(table, fd), *f = 0;
	bpf_probe_read_kernel(&f, sizeof(f), array + fd);
	return f && on_accept(socket_of_file(f), fd);
}

SEC("tp/syscalls/sys_exit_accept4")
int accept_call4(struct system_call_exit *ctx) { return counted(COUNTER_ACCEPT_HITS, on_accept_call(ctx)); }
SEC("tp/syscalls/sys_exit_accept")
int accept_call(struct system_call_exit *ctx) { return counted(COUNTER_ACCEPT_HITS, on_accept_call(ctx)); }

#endif
