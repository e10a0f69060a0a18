"""The side in Python: a client's receiving end with the shipped modules. A question is a line on standard input, its
answer a flat JSON object on one line; the memory is a file, a segment to the server, then one to the client."""

import json
import mmap
import sys
import time

from carillon.doorbell import Word
from carillon.event_ring import EventConsumer
from carillon.session_memory import KERNEL_WORD_OFFSET, SessionMemory

LIMIT_NS = 60_000_000_000
NS_PER_S = 1_000_000_000


class Ring:
    """Where events come in, and the word to sleep on."""

    def __init__(self, path):
        with open(path, "r+b") as file:
            whole = memoryview(mmap.mmap(file.fileno(), 0))
        half = len(whole) // 2
        memory = SessionMemory(whole[:half], whole[half:])
        self.consumer = EventConsumer(memory.to_server, memory.to_client, memory.to_server_capacity)
        self.word = Word(memory.to_server, KERNEL_WORD_OFFSET)


def quantile(values, q):
    return sorted(values)[int(q * (len(values) - 1))]


def number_of(event):
    return int.from_bytes(event.payload, "little")


class Drain:
    """The user's call-back: takes a decoded event, and looks whether it is the next."""

    def __init__(self, half):
        self.next = 0
        self.half = half
        self.half_ns = 0

    def take(self, event):
        if number_of(event) != self.next:
            sys.exit("records lost or out of order")
        self.next += 1
        if self.next == self.half:
            self.half_ns = time.monotonic_ns()


def drain(ring, count):
    """Only the second half counts."""
    user = Drain(count // 2)
    poll, take = ring.consumer.poll, user.take
    until = time.monotonic_ns() + LIMIT_NS
    while user.next < count:
        events = poll(64)
        for event in events:
            take(event)
        if not events and time.monotonic_ns() > until:
            sys.exit("nothing comes")
    return {"perSecond": (count - user.half) * NS_PER_S / (time.monotonic_ns() - user.half_ns)}


class Lateness:
    """The user's call-back: notes how late a decoded event came. The first third is warm-up."""

    def __init__(self, count):
        self.count = count
        self.seen = 0
        self.late = []

    def take(self, event):
        late = time.monotonic_ns() - event.time_ns
        self.seen += 1
        if self.seen > self.count // 3:
            self.late.append(late)

    def answer(self):
        return {"p50": quantile(self.late, 0.5), "p99": quantile(self.late, 0.99)}


def spin(ring, count):
    user = Lateness(count)
    until = time.monotonic_ns() + LIMIT_NS
    while user.seen < count:
        for event in ring.consumer.poll():
            user.take(event)
        if time.monotonic_ns() > until:
            sys.exit("nothing comes")
    return user.answer()


def listen(ring, count):
    user = Lateness(count)
    until = time.monotonic_ns() + LIMIT_NS
    while user.seen < count:
        ring.word.arm()
        if ring.consumer.is_empty():
            ring.word.sleep(until)
        ring.word.disarm()
        for event in ring.consumer.poll():
            user.take(event)
        if time.monotonic_ns() > until:
            sys.exit("nothing comes")
    return user.answer()


for line in sys.stdin:
    what, path, count = line.split()
    print(json.dumps({"drain": drain, "spin": spin, "listen": listen}[what](Ring(path), int(count))), flush=True)
