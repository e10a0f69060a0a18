"""A client in Python that only plays: arguments SOCKET NAME NEXT. It sends a numbered event each 2 ms to the destination
of NEXT and counts what comes. A question is a line on standard input (start, stop, count), its answer a flat JSON object."""

import json
import sys
import threading
import time

from carillon import Client, Options

PERIOD_NS = 2_000_000
LATEST_US = 100_000
POLY_PRESSURE = 0x40A00000
NUMBERS = 1 << 32


class Innocent:
    def __init__(self, socket, name, following):
        self.session = Client("innocent", Options(socket=socket, starts_server=False)).open(name)
        self.clock = self.session.server.clock
        self.out = self.session.source("out")
        self.session.destination("in")
        self.session.connect(self.out.name, following + ":in")
        self.sends = False
        self.sent = self.refused = self.received = self.lost = self.doubled = self.expected = 0
        self.was_lost = False
        self.late_us = {}
        threading.Thread(target=self.send, daemon=True).start()
        threading.Thread(target=self.receive, daemon=True).start()

    def is_well(self):
        """A session that was lost and came back is no more well."""
        if not self.session.is_reachable or self.session.end_reason:
            self.was_lost = True
        return not self.was_lost

    def send(self):
        following = time.monotonic_ns()
        while True:
            following = max(following + PERIOD_NS, time.monotonic_ns())
            time.sleep(max(0, following - time.monotonic_ns()) / 1e9)
            if self.sends:
                if self.out.send_ump(POLY_PRESSURE | self.sent % NUMBERS << 32, self.clock.now_ns()):
                    self.sent += 1
                else:
                    self.refused += 1
                self.out.flush()
                self.is_well()

    def receive(self):
        while True:
            events = self.session.poll(256)
            for event in events:
                if event.name == "ump":
                    self.take(event)
            if not events:
                self.session.wait()

    def take(self, event):
        late = min(max((self.clock.now_ns() - event.time_ns) // 1000, 0), LATEST_US)
        self.late_us[late] = self.late_us.get(late, 0) + 1
        ahead = (int.from_bytes(event.payload[4:8], "little") - self.expected) % NUMBERS
        if ahead >= NUMBERS // 2:
            self.doubled += 1  # or out of order
            return
        self.lost += ahead
        self.expected += ahead + 1
        self.received += 1

    def count(self):
        late, self.late_us = self.late_us, {}
        answer = {"sent": self.sent, "refused": self.refused, "received": self.received, "lost": self.lost,
                  "doubled": self.doubled, "ended": 0 if self.is_well() else 1}
        answer.update({f"us{us}": count for us, count in late.items()})
        return answer


innocent = Innocent(*sys.argv[1:])
for line in sys.stdin:
    if line.strip() in ("start", "stop"):
        innocent.sends = line.strip() == "start"
    print(json.dumps(innocent.count()), flush=True)
