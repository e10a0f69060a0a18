"""Runs a program at a terminal of its own and does what standard input says, one step a line:
"type WORDS" types (escapes as in Python), "expect WORDS" waits until the program has written that, "end" waits for its
end. Prints all that the program wrote; exits with its code, or with 99 where a wait was in vain."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

LIMIT_S = 60.0


class Terminal:
    def __init__(self, command):
        self.written = ""
        self.seen = 0
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # what a shell starts in the background is born deaf to it
            os.execvp(command[0], command)

    def read(self):
        """What the program writes within a moment; False at its end."""
        if not select.select([self.terminal], [], [], 0.05)[0]:
            return True
        try:
            data = os.read(self.terminal, 65536)
        except OSError:
            return False
        self.written += data.decode("utf-8", "replace")
        return bool(data)

    def wait(self, is_so, what):
        until = time.monotonic() + LIMIT_S
        while not is_so():
            if not self.read() or time.monotonic() > until:
                if is_so():
                    return
                print(self.written)
                print("waited in vain: " + what, file=sys.stderr)
                os.kill(self.process, 9)
                os._exit(99)

    def expect(self, text):
        self.wait(lambda: text in self.written[self.seen:], text)
        self.seen = self.written.index(text, self.seen) + len(text)

    def end(self):
        until = time.monotonic() + LIMIT_S
        while self.read() and time.monotonic() < until:
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


def main():
    terminal = Terminal(sys.argv[1:])
    for line in sys.stdin:
        step, _, text = line.rstrip("\n").partition(" ")
        if step == "type":
            os.write(terminal.terminal, text.encode("latin-1").decode("unicode_escape").encode())
        elif step == "expect":
            terminal.expect(text)
    code = terminal.end()
    print(terminal.written)
    sys.exit(code)


main()
