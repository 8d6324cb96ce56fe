/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* What is read of a socket. */
#ifndef RIDGELINE_SOCKETS_H
#define RIDGELINE_SOCKETS_H

#include "kernel.h"
#include "record.h"

enum { AF_INET = 2, AF_INET6 = 10, IPPROTO_TCP = 6, IPPROTO_UDP = 17 };
enum { SOCK_DONE = 1 };
enum { S_IFMT = 0170000, S_IFSOCK = 0140000 };
enum { TCP_ESTABLISHED = 1, TCP_SYN_SENT = 2, TCP_SYN_RECV = 3, TCP_TIME_WAIT = 6, TCP_CLOSE = 7, TCP_LISTEN = 10, TCP_NEW_SYN_RECV = 12 };

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

inline_always struct sock *socket_of_file(struct file *f)
{
	struct inode *inode = READ(f, f_inode);
	if ((READ(inode, i_mode) & S_IFMT) != S_IFSOCK) return 0;
	struct socket *s = READ(f, private_data);
	return READ(s, sk);
}

#endif
