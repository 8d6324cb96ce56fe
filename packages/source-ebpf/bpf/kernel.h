/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The kernel's types, cut down to the members this program touches. Every access through them is a CO-RE relocation
 * against the BTF of the running kernel, so neither order nor offsets matter here: names and kinds do.
 * A name after ___ is a flavour: the loader looks for the type without it. */
#ifndef RIDGELINE_KERNEL_H
#define RIDGELINE_KERNEL_H

typedef unsigned char __u8;
typedef unsigned short __u16;
typedef unsigned int __u32;
typedef int __s32;
typedef unsigned long long __u64;
typedef long long __s64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef _Bool bool;
enum { false = 0, true = 1 };
typedef __u8 u8_16[16];

#define SEC(name) __attribute__((section(name), used))
#define inline_always static inline __attribute__((always_inline))
#define __uint(name, value) int(*name)[value]
#define __type(name, value) typeof(value) *name

/* Helpers by number: include/uapi/linux/bpf.h, __BPF_FUNC_MAPPER. */
static void *(*bpf_map_lookup_elem)(void *map, const void *key) = (void *)1;
static long (*bpf_map_update_elem)(void *map, const void *key, const void *value, __u64 flags) = (void *)2;
static long (*bpf_map_delete_elem)(void *map, const void *key) = (void *)3;
static __u64 (*bpf_ktime_get_ns)(void) = (void *)5;
static __u64 (*bpf_get_current_pid_tgid)(void) = (void *)14;
static long (*bpf_get_current_comm)(void *into, __u32 bytes) = (void *)16;
static __u64 (*bpf_get_current_task)(void) = (void *)35;
static __u64 (*bpf_get_current_cgroup_id)(void) = (void *)80;
static long (*bpf_probe_read_kernel)(void *into, __u32 bytes, const void *from) = (void *)113;
static long (*bpf_seq_write)(void *seq, const void *data, __u32 bytes) = (void *)127;
static void *(*bpf_ringbuf_reserve)(void *ring, __u64 bytes, __u64 flags) = (void *)131;
static void (*bpf_ringbuf_submit)(void *data, __u64 flags) = (void *)132;

enum { MAP_HASH = 1, MAP_PERCPU_ARRAY = 6, MAP_LRU_HASH = 9, MAP_RINGBUF = 27 };
enum { BPF_ANY = 0, BPF_NOEXIST = 1, BPF_RB_NO_WAKEUP = 1 };

/* Reads a member behind a kernel pointer; the offset is filled in when the program is loaded. */
#define READ_INTO(into, pointer, member) \
	bpf_probe_read_kernel((into), sizeof(*(into)), __builtin_preserve_access_index(&(pointer)->member))
#define READ(pointer, member) \
	({ typeof((pointer)->member) value_; READ_INTO(&value_, pointer, member); value_; })
#define FIELD_EXISTS(type, member) __builtin_preserve_field_info(((type *)0)->member, 2)
#define TYPE_EXISTS(type) __builtin_preserve_type_info(*(typeof(type) *)0, 0)
#define NETWORK_TO_HOST(value) __builtin_bswap16(value)

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct in6_addr { union { __u8 u6_addr8[16]; } in6_u; };
struct ns_common { unsigned int inum; };
struct net { struct ns_common ns; };
typedef struct { struct net *net; } possible_net_t;
struct sock_common {
	__be32 skc_daddr, skc_rcv_saddr;
	__be16 skc_dport;
	unsigned short skc_family;
	unsigned char skc_state;
	unsigned long skc_flags;
	possible_net_t skc_net;
	struct in6_addr skc_v6_daddr, skc_v6_rcv_saddr;
};
typedef struct { int owned; } socket_lock_t;
struct sock {
	struct sock_common __sk_common;
	socket_lock_t sk_lock;
	__u16 sk_protocol;
	int sk_err;
};
/* inet_sport outlives inet_put_port(): skc_num is 0 already when the step to CLOSE is traced. */
struct inet_sock { __be16 inet_sport; };
struct tcp_sock { __u64 bytes_received, bytes_sent, bytes_retrans; };
struct socket { struct sock *sk; };
struct inode { unsigned short i_mode; unsigned long i_ino; };
struct file { void *private_data; struct inode *f_inode; };
struct fdtable { unsigned int max_fds; struct file **fd; };
struct files_struct { struct fdtable *fdt; };
struct kernfs_node { __u64 id; };
struct cgroup { struct kernfs_node *kn; };
struct css_set { struct cgroup *dfl_cgrp; };
struct task_struct { int tgid; char comm[16]; struct files_struct *files; struct css_set *cgroups; };
struct proto_accept_arg { int flags; };
struct pt_regs___x64 { unsigned long ax; };
struct pt_regs___arm64 { __u64 regs[31]; };
struct seq_file;
struct bpf_iter_meta { struct seq_file *seq; };
struct bpf_iter__task_file { struct bpf_iter_meta *meta; struct task_struct *task; __u32 fd; struct file *file; };
struct bpf_iter__tcp { struct bpf_iter_meta *meta; struct sock_common *sk_common; };
#pragma clang attribute pop

#endif
