"""Talks to a program on a terminal of its own: arguments are what to wait for and what to type, in turn, then `--` and the
program. Says what was on the screen where something does not come; else ends with the program's exit code."""

import os
import pty
import select
import sys
import time

split = sys.argv.index("--")
talk, program = sys.argv[1:split], sys.argv[split + 1 :]
child, terminal = pty.fork()
if child == 0:
    os.execvpe(program[0], program, {**os.environ, "TERM": "xterm"})
screen = b""


def wait_for(text):
    """Reads on until something is shown, then forgets what came before."""
    global screen
    give_up = time.time() + 20
    while text not in screen:
        ready, _, _ = select.select([terminal], [], [], max(0, give_up - time.time()))
        try:
            read = os.read(terminal, 4096) if ready else b""
        except OSError:
            read = b""
        if not read:
            sys.exit(f"{text!r} does not come after {screen!r}")
        screen += read
    screen = screen[screen.index(text) + len(text) :]


for shown, typed in zip(talk[::2], talk[1::2]):
    wait_for(shown.encode())
    os.write(terminal, typed.encode())
try:
    while os.read(terminal, 4096):
        pass
except OSError:
    pass
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
