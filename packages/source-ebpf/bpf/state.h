/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Changes of state: beginnings and ends, of both sides. */
#ifndef RIDGELINE_STATE_H
#define RIDGELINE_STATE_H

#include "tell.h"

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

/* Answers whether it told something. */
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

/* State changes, best first. Both see the same arguments: (sk, old state, new state). */
SEC("tp_btf/inet_sock_set_state")
int state_btf(__u64 *ctx) { return counted(COUNTER_STATE_HITS, on_state((struct sock *)ctx[0], (int)ctx[1], (int)ctx[2])); }
SEC("raw_tp/inet_sock_set_state")
int state_raw(__u64 *ctx) { return counted(COUNTER_STATE_HITS, on_state((struct sock *)ctx[0], (int)ctx[1], (int)ctx[2])); }

#endif
