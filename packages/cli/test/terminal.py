"""Runs a command on a terminal of its own and plays a script of keys.

usage: terminal.py COLUMNS ROWS [WAIT-FOR KEYS]... -- COMMAND...

Waits until the output since the last keys contains WAIT-FOR, then sends KEYS (a name in KEYS, or as they are). Prints one
line of JSON: the exit code, all output, and whether the terminal's modes are the same before and after.
"""
import fcntl, json, os, pty, select, signal, struct, sys, termios, time

KEYS = {'TAB': b'\t', 'CTRL-C': b'\x03', 'DOWN': b'\x1b[B'}
cut = sys.argv.index('--')
columns, rows = int(sys.argv[1]), int(sys.argv[2])
steps = list(zip(sys.argv[3:cut:2], sys.argv[4:cut:2]))
command = sys.argv[cut + 1:]

master, slave = pty.openpty()
fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))
before = termios.tcgetattr(slave)
pid = os.fork()
if pid == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for fd in (0, 1, 2):
        os.dup2(slave, fd)
    os.execvp(command[0], command)

output, seen, status = b'', 0, None
deadline = time.monotonic() + 25
while time.monotonic() < deadline:
    ready, _, _ = select.select([master], [], [], 0.05)
    if ready:
        output += os.read(master, 65536)
    if steps and steps[0][0].encode() in output[seen:]:
        keys = steps.pop(0)[1]
        seen = len(output)
        if keys.startswith('SIG'):
            os.kill(pid, getattr(signal, keys))
        else:
            os.write(master, KEYS.get(keys, keys.encode()))
    if status is None:
        done, code = os.waitpid(pid, os.WNOHANG)
        if done:
            status = os.waitstatus_to_exitcode(code)
    elif not ready:
        break
if status is None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
print(json.dumps({
    'code': status,
    'left': [step[0] for step in steps],
    'restored': termios.tcgetattr(slave) == before,
    'output': output.decode('utf-8', 'replace'),
}))
