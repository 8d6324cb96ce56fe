// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Connections as the kernel sees them: who opened, accepted and ended what, of all network namespaces.
 *
 * One program on inet_sock_set_state carries everything but the process of an accepted connection; for that there is an
 * accept program in three forms, of which the loader attaches the best that this kernel allows. Nothing is pinned:
 * when the last file descriptor is gone, so is all of it. */
#include "state.h"
#include "accept.h"
#include "datagram.h"
#include "snapshot.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";
