"""Programs in Python that wait for the end of the server, and go on when another is there. A question is a line on
standard input, its answer a flat JSON object on one line: `watch SOCKET COUNT`, `lost`, `back`; see watch.hpp."""

import json
import sys
import time

from carillon import Client, ClientState, Options

LIMIT_S = 20


def wait_until(until_s, condition):
    while not condition():
        if time.monotonic() > until_s:
            return False
        time.sleep(0.001)
    return True


class Watcher:
    def __init__(self, socket, number):
        name = f"python-watch{number}"
        self.lost_ns = 0
        self._client = Client(name, Options(socket=socket, starts_server=False), self._on_state)
        self._session = self._client.open(name)
        self._out = self._session.source("out")
        self._session.destination("in")
        self._session.connect(self._out.name, f"{name}:in", "transp 1")
        self._session.filter_destination(f"{name}:in", "transp 2")

    def _on_state(self, state):
        if state is ClientState.EXCEPTION:
            self.lost_ns = time.monotonic_ns()

    def is_back(self, until_s):
        if not wait_until(until_s, lambda: self._out.send(0x90, 60, 100)):
            return False
        self._out.flush()
        events = []
        wait_until(until_s, lambda: events.extend(self._session.poll()) or events)
        return [event.data1 for event in events] == [63]


def main():
    watchers = []
    for line in sys.stdin:
        words = line.split()
        until_s = time.monotonic() + LIMIT_S
        if words[0] == "watch":
            watchers = [Watcher(words[1], i) for i in range(int(words[2]))]
            answer = {"watchers": len(watchers)}
        elif words[0] == "lost":
            answer = {"watchers": len(watchers)}
            for i, watcher in enumerate(watchers):
                wait_until(until_s, lambda watcher=watcher: watcher.lost_ns)
                answer[f"at{i}"], watcher.lost_ns = watcher.lost_ns, 0
        else:
            answer = {"back": sum(watcher.is_back(until_s) for watcher in watchers)}
        print(json.dumps(answer), flush=True)


main()
