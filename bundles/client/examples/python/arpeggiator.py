"""arpeggiator.py [--every MS] [--count N]: plays the keys that are held at arpeggiator:in one after the other, up,
through arpeggiator:out, a step every so many milliseconds.

The steps are tasks: events to itself, each of which asks for the next. The notes of a step are sent a step ahead, so
that the server keeps the time, whenever Python gets to run.
"""

import argparse
import sys
from typing import List

from carillon import Client, Error, Session, Source
from carillon.event import KEY_OFF, KEY_ON, TASK

MS = 1_000_000
VELOCITY = 100
STEP = 1


class Arpeggiator:
    def __init__(self, session: Session, out: Source, every_ms: int) -> None:
        self.steps = 0
        self._session = session
        self._out = out
        self._step_ns = every_ms * MS
        self._held: List[int] = []
        self._is_running = False

    def key_on(self, key: int) -> None:
        self._held = sorted({*self._held, key})
        if not self._is_running:
            self._is_running = True
            self.step(self._session.server.clock.now_ns())

    def key_off(self, key: int) -> None:
        self._held = [held for held in self._held if held != key]

    def step(self, date_ns: int) -> None:
        if not self._held:
            self._is_running = False
            return
        key = self._held[self.steps % len(self._held)]
        self._out.send_note(0, key, VELOCITY, self._step_ns // 2, date_ns + self._step_ns)
        self._session.send_task(date_ns + self._step_ns, STEP)
        self._session.flush()
        self.steps += 1


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--every", type=int, default=125, metavar="MS", help="milliseconds of a step")
    options.add_argument("--count", type=int, default=0, help="ends after so many steps; 0 never")
    wanted = options.parse_args()
    with Client("arpeggiator") as client, client.open("arpeggiator") as session:
        session.destination("in")
        player = Arpeggiator(session, session.source("out"), wanted.every)
        print("listening", flush=True)
        for event in session:
            if event.type == TASK:
                player.step(event.time_ns)
            elif event.type == KEY_ON and event.data2 > 0:
                player.key_on(event.data1)
            elif event.type in (KEY_ON, KEY_OFF):
                player.key_off(event.data1)
            if wanted.count and player.steps >= wanted.count:
                break
        for _ in session.events(limit_s=2 * wanted.every / 1_000):
            pass  # what was sent ahead is still to sound
    print(f"steps={player.steps}")
    return 0


try:
    sys.exit(main())
except Error as e:
    sys.exit(f"arpeggiator: {e}")
except KeyboardInterrupt:
    pass
