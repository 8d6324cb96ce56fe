/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* One fixed-size little-endian record, shared by the ring buffer and the snapshot iterator.
 * src/decode-record.ts reads it; a change here is a change there. */
#ifndef RIDGELINE_RECORD_H
#define RIDGELINE_RECORD_H

struct record {
	__u64 time;        /*   0 CLOCK_MONOTONIC, nanoseconds                              */
	__u64 socket;      /*   8 kernel address of the socket: its name while it lives     */
	__u64 cgroup;      /*  16 cgroup v2 id of the owner, 0 unknown                      */
	__u64 sent;        /*  24 payload bytes sent, without retransmits; ends only        */
	__u64 received;    /*  32 payload bytes received; ends only                         */
	__u64 born;        /*  40 time of SYN_SENT or of the passive opening, 0 unknown     */
	__u32 netns;       /*  48 inode of the network namespace                            */
	__u32 pid;         /*  52 process id in the first pid namespace, 0 unknown          */
	__u16 local_port;  /*  56 host order                                                */
	__u16 remote_port; /*  58 host order                                                */
	__u8  kind;        /*  60 enum record_kind                                          */
	__u8  family;      /*  61 AF_INET (2) or AF_INET6 (10), of the socket               */
	__u8  state;       /*  62 TCP state left; for SNAPSHOT and ACCEPT the present state */
	__u8  direction;   /*  63 enum direction                                            */
	__u8  local[16];   /*  64 IPv4 is stored as ::ffff:a.b.c.d                          */
	__u8  remote[16];  /*  80                                                           */
	char  comm[16];    /*  96 command name of the owner, padded with zeroes             */
	__s32 error;       /* 112 errno of the socket at its end, 0 none                    */
	__u32 fd;          /* 116 ACCEPT and SNAPSHOT: file descriptor number               */
	__u32 inode;       /* 120 SNAPSHOT: inode of the socket                             */
	__u16 protocol;    /* 124 IPPROTO_TCP (6) or IPPROTO_UDP (17)                       */
	__u16 reserved;    /* 126 zero                                                      */
};                     /* 128 bytes */

enum record_kind {
	RECORD_CONNECT = 1,       /* an outgoing connection is established             */
	RECORD_ACCEPT = 2,        /* a process accepted; may follow the CLOSE          */
	RECORD_CLOSE = 3,         /* an established connection ended                   */
	RECORD_CONNECT_FAILED = 4,
	RECORD_LISTEN = 5,
	RECORD_LISTEN_CLOSE = 6,
	RECORD_INCOMING = 7,      /* an incoming connection is established, not accepted yet */
	RECORD_SNAPSHOT = 8,      /* a row of the snapshot, not an event               */
	RECORD_DATAGRAM = 9,      /* a connected UDP socket sent: the first time, and again now and then */
	RECORD_KINDS = 10,
};

enum direction { DIRECTION_UNKNOWN = 0, DIRECTION_OUT = 1, DIRECTION_IN = 2, DIRECTION_LISTEN = 3 };

/* Slots of the per-processor counters. State hits + accept hits + datagrams = told + lost + silent. */
enum counter {
	COUNTER_STATE_HITS = 0,   /* runs of the state program            */
	COUNTER_ACCEPT_HITS = 1,  /* runs of the accept program           */
	COUNTER_TOLD = 2,         /* records put into the ring            */
	COUNTER_LOST = 3,         /* records for which the ring was full  */
	COUNTER_MAP_FULL = 4,     /* owners for which the map was full    */
	COUNTER_SILENT = 5,       /* hits that had nothing to tell */
	COUNTER_DATAGRAMS = 6,    /* runs of the UDP program that had something to tell */
	COUNTER_LOST_BY_KIND = 8, /* + enum record_kind                   */
	COUNTERS = 8 + RECORD_KINDS,
};

#endif
