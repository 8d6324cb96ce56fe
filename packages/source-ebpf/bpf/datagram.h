/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Peers of UDP sockets. */
#ifndef RIDGELINE_DATAGRAM_H
#define RIDGELINE_DATAGRAM_H

#include "tell.h"

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

#endif
