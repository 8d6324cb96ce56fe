/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* What the programs keep, count and tell. */
#ifndef RIDGELINE_TELL_H
#define RIDGELINE_TELL_H

#include "sockets.h"

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

inline_always int counted(enum counter hits, bool told)
{
	count(hits);
	if (!told) count(COUNTER_SILENT);
	return 0;
}

#endif
