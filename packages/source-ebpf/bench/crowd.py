"""Connections for the benches. Prints a line when it is ready for the next thing, and ends when its input closes.

crowd.py storm COUNT        one server, COUNT connections from two processes, then the word "done" and the seconds
crowd.py hold OPEN RATE     OPEN connections held open, and RATE new ones a second, each closed at once
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
server = socket.socket()
server.bind(("127.0.0.1", 0))
server.listen(4096)
address = server.getsockname()
held = []


def serve(keep):
    while True:
        connection, _ = server.accept()
        if keep and len(held) < first:
            held.append(connection)
        else:
            connection.close()


def connect():
    return socket.create_connection(address)


threading.Thread(target=serve, args=(word == "hold",), daemon=True).start()
if word == "storm":
    print("ready", flush=True)
    sys.stdin.readline()
    start = time.monotonic()
    children = []
    for _ in range(2):
        pid = os.fork()
        if pid == 0:
            for _ in range(first // 2):
                connection = connect()
                connection.recv(1)
                connection.close()
            os._exit(0)
        children.append(pid)
    for pid in children:
        os.waitpid(pid, 0)
    print("done", time.monotonic() - start, flush=True)
else:
    rate = int(sys.argv[3])
    mine = [connect() for _ in range(first)]
    print("ready", flush=True)
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    while True:
        start = time.monotonic()
        for _ in range(rate // 10):
            connection = connect()
            connection.recv(1)
            connection.close()
        time.sleep(max(0, 0.1 - (time.monotonic() - start)))
sys.stdin.read()
