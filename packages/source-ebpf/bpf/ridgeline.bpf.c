// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Connections as the kernel sees them: who opened, accepted and ended what, of all network namespaces.
 *
 * One program on inet_sock_set_state carries everything but the process of an accepted connection; for that there is an
 * accept program in three forms, of which the loader attaches the best that this kernel allows. Nothing is pinned:
 * when the last file descriptor is gone, so is all of it. */
#include "kernel.h"
#include "record.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

enum { AF_INET = 2, AF_INET6 = 10, IPPROTO_TCP = 6, IPPROTO_UDP = 17 };
enum { SOCK_DONE = 1 };
enum { S_IFMT = 0170000, S_IFSOCK = 0140000 };
enum { TCP_ESTABLISHED = 1, TCP_SYN_SENT = 2, TCP_SYN_RECV = 3, TCP_TIME_WAIT = 6, TCP_CLOSE = 7, TCP_LISTEN = 10, TCP_NEW_SYN_RECV = 12 };

/* Who a socket belongs to, kept from its first state to its last. */
struct owner {
	__u64 born;
	__u64 cgroup;
	__u32 pid;
	__u8 direction;
	__u8 established;
	__u8 accepted;
	__u8 reserved;
	char comm[16];
};

/* The loader sets the size of the ring. */
struct { __uint(type, MAP_RINGBUF); __uint(max_entries, 1 << 23); } events SEC(".maps");
struct { __uint(type, MAP_HASH); __uint(max_entries, 65536); __type(key, __u64); __type(value, struct owner); } owners SEC(".maps");
/* When a UDP socket was told last, and to which port it was connected then. No event ends a UDP socket: the oldest entries go. */
struct flow { __u64 told; __u64 peer; };
struct { __uint(type, MAP_LRU_HASH); __uint(max_entries, 16384); __type(key, __u64); __type(value, struct flow); } flows SEC(".maps");
struct { __uint(type, MAP_PERCPU_ARRAY); __uint(max_entries, COUNTERS); __type(key, __u32); __type(value, __u64); } counters SEC(".maps");

/* Atomic although the counters are per processor: a softirq may interrupt the accept program between load and store. */
inline_always void count(__u32 slot)
{
	__u64 *value = bpf_map_lookup_elem(&counters, &slot);
	if (value) __sync_fetch_and_add(value, 1);
}

inline_always void store_ipv4(__u8 *into, __be32 address)
{
	__builtin_memset(into, 0, 10);
	into[10] = into[11] = 0xff;
	__builtin_memcpy(into + 12, &address, 4);
}

inline_always void fill_addresses(struct record *r, struct sock *sk)
{
	r->socket = (__u64)sk;
	r->family = READ(sk, __sk_common.skc_family);
	r->protocol = READ(sk, sk_protocol);
	r->local_port = NETWORK_TO_HOST(READ((struct inet_sock *)sk, inet_sport));
	r->remote_port = NETWORK_TO_HOST(READ(sk, __sk_common.skc_dport));
	struct net *net = READ(sk, __sk_common.skc_net.net);
	r->netns = READ(net, ns.inum);
	if (r->family == AF_INET) {
		store_ipv4(r->local, READ(sk, __sk_common.skc_rcv_saddr));
		store_ipv4(r->remote, READ(sk, __sk_common.skc_daddr));
	} else {
		READ_INTO((u8_16 *)r->local, sk, __sk_common.skc_v6_rcv_saddr.in6_u.u6_addr8);
		READ_INTO((u8_16 *)r->remote, sk, __sk_common.skc_v6_daddr.in6_u.u6_addr8);
	}
}

inline_always void fill_bytes(struct record *r, struct sock *sk)
{
	struct tcp_sock *tcp = (struct tcp_sock *)sk;
	r->received = READ(tcp, bytes_received);
	/* The peer's FIN takes a sequence number and is counted as a byte (net/ipv4/tcp_input.c, tcp_fin sets SOCK_DONE). */
	if (r->received && READ(sk, __sk_common.skc_flags) & 1 << SOCK_DONE) r->received--;
	r->sent = READ(tcp, bytes_sent) - READ(tcp, bytes_retrans);
}

inline_always void tell(struct sock *sk, const struct owner *o, __u8 kind, __u8 state, __u64 now, __u32 fd)
{
	struct record *r = bpf_ringbuf_reserve(&events, sizeof(*r), 0);
	if (!r) {
		count(COUNTER_LOST);
		count(COUNTER_LOST_BY_KIND + kind);
		return;
	}
	__builtin_memset(r, 0, sizeof(*r));
	r->time = now;
	r->kind = kind;
	r->state = state;
	r->fd = fd;
	fill_addresses(r, sk);
	r->pid = o->pid;
	r->direction = o->direction;
	r->born = o->born;
	r->cgroup = o->cgroup;
	__builtin_memcpy(r->comm, o->comm, sizeof(r->comm));
	if (kind == RECORD_CLOSE || kind == RECORD_CONNECT_FAILED) {
		fill_bytes(r, sk);
		r->error = READ(sk, sk_err);
	}
	count(COUNTER_TOLD);
	/* The reader polls: waking it up for each record would cost more than the record. */
	bpf_ringbuf_submit(r, BPF_RB_NO_WAKEUP);
}

inline_always void take_current(struct owner *o)
{
	o->pid = bpf_get_current_pid_tgid() >> 32;
	o->cgroup = bpf_get_current_cgroup_id();
	bpf_get_current_comm(o->comm, sizeof(o->comm));
}

inline_always void keep(__u64 key, const struct owner *o)
{
	if (bpf_map_update_elem(&owners, &key, o, BPF_ANY)) count(COUNTER_MAP_FULL);
}

/* What a step from one state to another tells; 0: nothing. */
inline_always __u8 kind_of_step(int old, int new, const struct owner *known)
{
	if (new == TCP_LISTEN) return RECORD_LISTEN;
	/* An outgoing connection is told now and not at SYN_SENT, where its source port is not chosen yet. */
	if (new == TCP_ESTABLISHED) return known || old == TCP_SYN_SENT ? RECORD_CONNECT : RECORD_INCOMING;
	if (new != TCP_CLOSE) return 0;
	if (old == TCP_LISTEN) return RECORD_LISTEN_CLOSE;
	if (old == TCP_SYN_SENT || (known && known->direction == DIRECTION_OUT && !known->established)) return RECORD_CONNECT_FAILED;
	return old == TCP_SYN_RECV ? 0 : RECORD_CLOSE;
}

/* These two answer whether they told something. */
inline_always bool on_state(struct sock *sk, int old, int new)
{
	if (READ(sk, sk_protocol) != IPPROTO_TCP) return false;
	__u64 key = (__u64)sk, now = bpf_ktime_get_ns();
	/* An owned lock means that a process is inside a system call on this very socket, so the current task is its user:
	 * softirqs and timers change the state only while it is not owned. */
	bool by_user = READ(sk, sk_lock.owned) != 0;
	/* A fresh passive socket: an entry under its address belongs to a dead one whose end was missed. */
	if (new == TCP_SYN_RECV && old != TCP_SYN_SENT) {
		bpf_map_delete_elem(&owners, &key);
		return false;
	}
	struct owner *known = bpf_map_lookup_elem(&owners, &key);
	struct owner o = {};
	/* Likewise for a socket that begins to connect or to listen. */
	if (known && new != TCP_SYN_SENT && new != TCP_LISTEN) o = *known;
	else o.born = now;
	/* The pid of an accept that no hook saw (io_uring, no accept program) is learnt at shutdown or close. */
	bool learnt = by_user && !o.pid;
	if (learnt) take_current(&o);

	__u8 kind = kind_of_step(old, new, known);
	if (kind == RECORD_LISTEN) o.direction = DIRECTION_LISTEN;
	if (kind == RECORD_INCOMING) o.direction = DIRECTION_IN;
	if (new == TCP_SYN_SENT || old == TCP_SYN_SENT) o.direction = DIRECTION_OUT;
	if (new == TCP_ESTABLISHED) o.established = 1;
	if (!known && new == TCP_CLOSE) o.born = 0;

	if (new == TCP_CLOSE) bpf_map_delete_elem(&owners, &key);
	else if (kind || new == TCP_SYN_SENT || (known && learnt)) keep(key, &o);
	if (kind) tell(sk, &o, kind, old, now, 0);
	return kind != 0;
}

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

inline_always int counted(enum counter hits, bool told)
{
	count(hits);
	if (!told) count(COUNTER_SILENT);
	return 0;
}

/* State changes, best first. Both see the same arguments: (sk, old state, new state). */
SEC("tp_btf/inet_sock_set_state")
int state_btf(__u64 *ctx) { return counted(COUNTER_STATE_HITS, on_state((struct sock *)ctx[0], (int)ctx[1], (int)ctx[2])); }
SEC("raw_tp/inet_sock_set_state")
int state_raw(__u64 *ctx) { return counted(COUNTER_STATE_HITS, on_state((struct sock *)ctx[0], (int)ctx[1], (int)ctx[2])); }

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

inline_always struct sock *socket_of_file(struct file *f)
{
	struct inode *inode = READ(f, f_inode);
	if ((READ(inode, i_mode) & S_IFMT) != S_IFSOCK) return 0;
	struct socket *s = READ(f, private_data);
	return READ(s, sk);
}

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

/* A UDP socket that sends is told at most this often, while it has one peer. */
enum { FLOW_TOLD_EVERY_SECONDS = 10 };

/* Runs at every send of every socket of the machine, so it must find out fast that it has nothing to do. A socket that is not
 * connected names its peer in the message, which this tracepoint does not show. Since 6.3. */
inline_always bool on_send(struct sock *sk)
{
	if (READ(sk, sk_protocol) != IPPROTO_UDP) return false;
	__u16 port = READ(sk, __sk_common.skc_dport);
	if (!port) return false;
	__u64 key = (__u64)sk, now = bpf_ktime_get_ns();
	/* The port and the low half of the address: enough to see that a socket was connected to another peer. */
	struct flow current = { .told = now, .peer = (__u64)READ(sk, __sk_common.skc_daddr) << 16 | port };
	struct flow *known = bpf_map_lookup_elem(&flows, &key);
	if (known && known->peer == current.peer && now - known->told < FLOW_TOLD_EVERY_SECONDS * 1000000000ULL) return false;
	__u16 family = READ(sk, __sk_common.skc_family);
	if (family != AF_INET && family != AF_INET6) return false;
	bpf_map_update_elem(&flows, &key, &current, BPF_ANY);
	struct owner o = { .direction = DIRECTION_OUT };
	take_current(&o);
	tell(sk, &o, RECORD_DATAGRAM, READ(sk, __sk_common.skc_state), now, 0);
	return true;
}

SEC("tp_btf/sock_send_length")
int send_btf(__u64 *ctx)
{
	if (on_send((struct sock *)ctx[0])) count(COUNTER_DATAGRAMS);
	return 0;
}

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
