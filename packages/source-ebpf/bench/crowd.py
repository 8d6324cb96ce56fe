"""Connections for the benches. Prints a line when it is ready for the next thing, and ends when its input closes.

crowd.py storm COUNT        one server, COUNT connections from two processes, then the word "done" and the seconds
crowd.py hold OPEN RATE     one process: OPEN connections held open, and RATE new ones a second, each closed at once
crowd.py spread OPEN RATE   the same among 4 servers and 20 clients, a process each; "ready" is followed by their pids
"""
import os
import resource
import socket
import sys
import threading
import time

word, first = sys.argv[1], int(sys.argv[2])
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
SERVERS, CLIENTS = 4, 20
STAY = b"s"
# An address of its own: two connections of one port, which the kernel gives out for several peers, would be one endpoint.
HERE = "127.7.7.7"
held = []


def connect(address):
    return socket.create_connection(address, source_address=(HERE, 0))


def stay(address):
    connection = connect(address)
    connection.send(STAY)
    return connection


def listen():
    server = socket.socket()
    server.bind((HERE, 0))
    server.listen(4096)
    return server


def serve(server):
    while True:
        connection, _ = server.accept()
        if connection.recv(1) == STAY:
            held.append(connection)
        else:
            connection.close()


def visit(address):
    connection = connect(address)
    connection.send(b"!")
    connection.recv(1)
    connection.close()


def come_and_go(address, each_second, turns):
    while True:
        start = time.monotonic()
        for _ in range(each_second // turns):
            visit(address)
        time.sleep(max(0, 1 / turns - (time.monotonic() - start)))


def become(act, *args):
    """A child that does one thing until its input, the parent's too, closes."""
    pid = os.fork()
    if pid == 0:
        threading.Thread(target=act, args=args, daemon=True).start()
        sys.stdin.read()
        os._exit(0)
    return pid


def serve_one(server, servers):
    for other in servers:
        if other is not server:
            other.close()
    serve(server)


def keep_and_visit(addresses, keep, each_second, ready):
    held.extend(stay(addresses[i % SERVERS]) for i in range(keep))
    os.write(ready, b".")
    come_and_go(addresses[os.getpid() % SERVERS], each_second, each_second)


if word == "spread":
    rate = int(sys.argv[3])
    servers = [listen() for _ in range(SERVERS)]
    addresses = [server.getsockname() for server in servers]
    here, there = os.pipe()
    pids = [become(serve_one, server, servers) for server in servers]
    for server in servers:
        server.close()
    for _ in range(CLIENTS):
        pids.append(become(keep_and_visit, addresses, first // CLIENTS, rate // CLIENTS, there))
    done = 0
    while done < CLIENTS:
        done += len(os.read(here, CLIENTS))
    print("ready", *pids, flush=True)
    sys.stdin.read()
    for pid in pids:
        os.waitpid(pid, 0)
    sys.exit()

server = listen()
address = server.getsockname()
threading.Thread(target=serve, args=(server,), daemon=True).start()
if word == "storm":
    print("ready", flush=True)
    sys.stdin.readline()
    start = time.monotonic()
    children = []
    for _ in range(2):
        pid = os.fork()
        if pid == 0:
            for _ in range(first // 2):
                visit(address)
            os._exit(0)
        children.append(pid)
    for pid in children:
        os.waitpid(pid, 0)
    print("done", time.monotonic() - start, flush=True)
else:
    mine = [stay(address) for _ in range(first)]
    print("ready", os.getpid(), flush=True)
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    come_and_go(address, int(sys.argv[3]), 10)
sys.stdin.read()
