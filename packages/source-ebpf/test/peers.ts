/** Programs that the kernel tests run: small, and each the plainest way to do its thing. */

/** Accepts for ever: reads, answers, closes. Prints its port. Arguments: family, address. */
export const PYTHON_SERVER = `
import socket, sys
family = socket.AF_INET6 if sys.argv[1] == '6' else socket.AF_INET
s = socket.socket(family)
s.bind((sys.argv[2], 0)); s.listen(1024)
print(s.getsockname()[1], flush=True)
while True:
    c, _ = s.accept()
    c.recv(16); c.sendall(b'pong'); c.close()
`;

/** Connects so many times, one after the other. Arguments: family, address, port, count. */
export const PYTHON_CLIENT = `
import socket, sys
for i in range(int(sys.argv[4])):
    c = socket.create_connection((sys.argv[2], int(sys.argv[3])))
    c.sendall(b'ping'); c.recv(16); c.recv(16); c.close()
`;

export const NODE_SERVER = `
const s = require('net').createServer((c) => { c.on('data', () => c.end('pong')); c.on('error', () => {}); });
s.listen(0, process.argv[2], 1024, () => console.log(s.address().port));
`;

export const NODE_CLIENT = `
const net = require('net'); let left = Number(process.argv[4]);
const go = () => { if (left-- <= 0) return; const c = net.connect(Number(process.argv[3]), process.argv[2], () => c.write('ping')); c.resume(); c.on('close', go); };
for (let i = 0; i < 8; i++) go();
`;

/** Does one thing after another as told on its input, one command a line, and prints "ok" after each. */
export const PYTHON_ACTOR = `
import os, socket, struct, sys, threading
held = {}
def say(text): print(text, flush=True)
for line in sys.stdin:
    word, *args = line.split()
    if word == 'listen':
        six = ':' in args[1]
        s = socket.socket(socket.AF_INET6 if six else socket.AF_INET)
        s.bind((args[1], 0)); s.listen(64); held[args[0]] = s; say(s.getsockname()[1])
    elif word == 'connect':
        held[args[0]] = socket.create_connection((args[1], int(args[2]))); say(held[args[0]].getsockname()[1])
    elif word == 'accept':
        held[args[1]] = held[args[0]].accept()[0]; say('ok')
    elif word == 'send':
        held[args[0]].sendall(b'x' * int(args[1])); say('ok')
    elif word == 'receive':
        say(len(held[args[0]].recv(int(args[1]), socket.MSG_WAITALL)))
    elif word == 'half':
        held[args[0]].shutdown(socket.SHUT_WR); say('ok')
    elif word == 'reset':
        held[args[0]].setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0)); held.pop(args[0]).close(); say('ok')
    elif word == 'close':
        held.pop(args[0]).close(); say('ok')
    elif word == 'refused':
        try: socket.create_connection((args[0], int(args[1]))); say('connected')
        except OSError as e: say(e.errno)
    elif word == 'timeout':
        s = socket.socket(); s.setsockopt(socket.IPPROTO_TCP, 18, 300)
        try: s.connect((args[0], int(args[1]))); say('connected')
        except OSError as e: say(e.errno)
    elif word == 'udp':
        s = socket.socket(socket.AF_INET6 if ':' in args[1] else socket.AF_INET, socket.SOCK_DGRAM)
        s.connect((args[1], int(args[2]))); held[args[0]] = s; say(s.getsockname()[1])
    elif word == 'brief':
        c = socket.create_connection((args[0], int(args[1]))); port = c.getsockname()[1]; c.close(); say(port)
`;
