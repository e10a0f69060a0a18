"""Guests of a soak in Python; what they do and when is the same as in soak_guests.cpp, and what they are told, too."""

import json
import queue
import random
import sys
import threading
import time

import carillon
from carillon import control, event as records

PLAIN, DATED, NOTES, SYSEXES, SLEEPS = 1, 2, 4, 8, 16
NS_PER_MS = 1_000_000
TICK_NS = 20 * NS_PER_MS
PLAIN_A_TICK, BURST = 4, 400
TICKS_A_BURST, TICKS_A_SYSEX, TICKS_A_TASK = 100, 32, 3
LATEST_MS = 50
FAR_NS = 3_600_000 * NS_PER_MS
ROUND_NS = 500 * NS_PER_MS
LIMIT_NS = 60_000 * NS_PER_MS
RUNNING, FENCE = 1, 2
POLL_LIMIT = 256
NUMBER_BITS, NUMBER_BYTES = 40, 5
LOW_PITCH, PITCHES, VELOCITIES = 12, 96, 127
MASK = (1 << 64) - 1
FAULTS = ("outOfOrder", "doubled", "torn", "early", "released", "cut")


def check(number, source):
    return ((number * 0x9E3779B97F4A7C15 + source * 0xC2B2AE3D27D4EB4F) & MASK) >> NUMBER_BITS


def words(number, source):
    return number | check(number, source) << NUMBER_BITS


def seven_bits(value, count):
    return bytes(value >> 7 * i & 0x7F for i in range(count))


def value_of(part):
    return sum(byte << 7 * i for i, byte in enumerate(part))


def checksum(message):
    total = 0
    for byte in message:
        total = total * 31 + byte & 0x3FFF
    return total


def sysex(number, source):
    head = b"\xF0\x7D" + seven_bits(number, NUMBER_BYTES) + seven_bits(source, NUMBER_BYTES)
    message = head + bytes(number + i * 7 & 0x7F for i in range(200 + number * 977 % 5000))
    return message + seven_bits(checksum(message), 2) + b"\xF7"


class Flow:
    """What came of one source for one destination."""

    def __init__(self):
        self.count = 0
        self.last = -1
        self.message = b""


class Tally:
    """Everything that a guest has received."""

    def __init__(self):
        self.flows = {}
        self.sounding = {}
        self.faults = dict.fromkeys(FAULTS, 0)

    def take(self, event, now_ns):
        if event.time_ns > now_ns:
            self.faults["early"] += 1
        index = event.destination_index
        kind = event.type
        if kind in (records.KEY_ON, records.KEY_OFF):
            key = (index, event.status & 0xF, event.data1)
            self.sounding[key] = self.sounding.get(key, 0) + (1 if kind == records.KEY_ON else -1)
            if kind == records.KEY_OFF:
                return
        if event.source_id == 0:
            self.faults["released"] += 1
            return
        flow = self.flows.setdefault((event.source_id, index), Flow())
        if kind == records.SYSEX:  # the end of a message that was cut holds nothing
            self.piece(flow, event)
            return
        data1, data2 = event.payload[1], event.payload[2]
        if kind == records.UMP64:
            whole = int.from_bytes(event.payload[:8], "little")
            number = whole & (1 << NUMBER_BITS) - 1
            if whole >> NUMBER_BITS == check(number, event.source_id):
                self.count(flow, number)
            else:
                self.faults["torn"] += 1  # and not received: so it is missing, too
        elif kind == records.CONTROL_CHANGE:
            self.part(flow, data1 | data2 << 5, 1 << 12, 1)
        elif kind == records.KEY_PRESS:
            self.part(flow, data1 | data2 << 7, 1 << 14, 2)
        elif kind == records.PITCH_WHEEL:
            self.part(flow, data1 | data2 << 7, 1 << 14, 3)
        elif kind == records.KEY_ON:
            self.part(flow, data1 - LOW_PITCH + (data2 - 1) * PITCHES, PITCHES * VELOCITIES, None)
        else:
            self.faults["torn"] += 1

    def count(self, flow, number):
        if number == flow.last:
            self.faults["doubled"] += 1
        elif number < flow.last:
            self.faults["outOfOrder"] += 1
        flow.last = max(flow.last, number)
        flow.count += 1

    def part(self, flow, low, modulus, turn):
        """The next number that has these lower bits."""
        following = flow.last + 1
        number = following + (low - following) % modulus
        self.faults["torn"] += turn is not None and number % 4 != turn
        self.count(flow, number)

    def piece(self, flow, event):
        if event.flags & records.BEGIN:
            flow.message = b""
        flow.message += event.payload
        if event.flags & records.INCOMPLETE:
            self.faults["cut"] += 1
            flow.message = b""
        elif event.flags & records.END:
            message, flow.message = flow.message, b""
            if (len(message) >= 15 and message[0] == 0xF0 and message[-1] == 0xF7
                    and value_of(message[7:12]) == event.source_id
                    and value_of(message[-3:-1]) == checksum(message[:-3])):
                self.count(flow, value_of(message[2:7]))
            else:
                self.faults["torn"] += 1

    def stuck(self):
        return sum(map(abs, self.sounding.values()))

    def tell(self):
        told = {f"n_{source}_{index}": flow.count for (source, index), flow in self.flows.items()}
        return {**told, **self.faults, "stuckNotes": self.stuck()}


class Guest:
    def __init__(self, client, name, seed, kinds, capacity):
        self.client = client
        self.kinds = kinds
        self.random = random.Random(seed)
        self.session = client.open(name, capacity, capacity)
        self.clock = self.session.server.clock
        self.sources = {kind: self.session.source(kind) for kind in ("plain", "dated", "notes", "sysex")}
        self.destinations = [self.session.destination(port) for port in ("in0", "in1", "sx")]
        self.sent = dict.fromkeys(self.sources, 0)
        self.tally = Tally()
        self.questions = queue.Queue()
        self.answers = queue.Queue()
        self.sends = self.is_over = False
        self.stalled_until_ns = 0
        self.pieces = self.said_no = self.fences = self.fence_seen = 0
        self.tasks = {"tasksSent": 0, "tasksReceived": 0, "wrongTasks": 0}
        self.under_way = set()  # tasks; one whose date is past comes later, and others may pass it
        self.last_date_ns = self.last_dated_ns = 0
        threading.Thread(target=self.run, daemon=True).start()

    def opened(self):
        ids = {kind: source.id for kind, source in self.sources.items()}
        return {**ids, **{f"in{i}": port.index for i, port in enumerate(self.destinations)}}

    def ask(self, what, arguments):
        """On the guest's own thread."""
        self.questions.put((what, arguments))
        self.session.wake()
        answer = self.answers.get()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def run(self):
        next_ns = time.monotonic_ns()
        while not self.is_over:
            is_stalled = time.monotonic_ns() < self.stalled_until_ns
            if not is_stalled:
                self.receive()
            now_ns = time.monotonic_ns()
            if now_ns >= next_ns:
                next_ns = max(next_ns + TICK_NS, now_ns + TICK_NS // 2)
                if self.sends:
                    self.tick()
            try:
                if self.kinds & SLEEPS and not is_stalled:
                    self.session.wait(next_ns)
                    question = self.questions.get_nowait()
                else:
                    question = self.questions.get(timeout=max(0, next_ns - time.monotonic_ns()) / 1e9)
            except queue.Empty:
                continue
            try:
                self.answers.put(getattr(self, question[0])(*question[1]))
            except Exception as e:
                self.answers.put(e)

    def receive(self):
        while True:
            events = self.session.poll(POLL_LIMIT)
            if not events:
                return
            now_ns = self.clock.now_ns()
            for event in events:
                if event.type == records.TASK:
                    self.task(*event.task_words[:2])
                else:
                    self.tally.take(event, now_ns)

    def task(self, what, number):
        self.tasks["tasksReceived"] += 1
        if what == FENCE:
            self.fence_seen = max(self.fence_seen, number)
            return
        self.tasks["wrongTasks"] += what != RUNNING or number not in self.under_way
        self.under_way.discard(number)

    def tick(self):
        dice = self.random.randrange
        if self.kinds & PLAIN:
            for _ in range(BURST if dice(TICKS_A_BURST) == 0 else PLAIN_A_TICK):
                self.count("plain", self.send_plain(self.sent["plain"]))
        now_ns = self.clock.now_ns()
        for _ in range(2 if self.kinds & DATED else 0):
            date_ns = max(self.last_dated_ns + 1, now_ns + dice(LATEST_MS) * NS_PER_MS)
            source = self.sources["dated"]
            if self.count("dated", source.send_ump(words(self.sent["dated"], source.id), date_ns)):
                self.last_dated_ns = date_ns
                self.last_date_ns = max(self.last_date_ns, date_ns)
        if self.kinds & NOTES:
            self.count("notes", self.send_note(self.sent["notes"], now_ns))
        if dice(TICKS_A_TASK) == 0:
            self.send_task(max(self.last_date_ns, now_ns) + 1, RUNNING, self.tasks["tasksSent"])
        if self.kinds & SYSEXES and dice(TICKS_A_SYSEX) == 0:
            self.send_sysex()
        self.session.flush()

    def count(self, kind, is_taken):
        if is_taken:
            self.sent[kind] += 1
        else:
            self.said_no += 1
        return is_taken

    def send_task(self, date_ns, what, number):
        is_taken = self.session.send_task(date_ns, what, number)
        if is_taken:
            if what == RUNNING:
                self.under_way.add(number)
            self.tasks["tasksSent"] += 1
            self.last_date_ns = date_ns
        else:
            self.said_no += 1
        return is_taken

    def send_plain(self, number):
        source = self.sources["plain"]
        turn = number % 4
        if turn == 0:
            return source.send_ump(words(number, source.id))
        if turn == 1:
            return source.send(0xB0, number & 0x1F, number >> 5 & 0x7F)
        return source.send(0xA0 if turn == 2 else 0xE0, number & 0x7F, number >> 7 & 0x7F)

    def send_note(self, number, now_ns):
        source = self.sources["notes"]
        if number % 4 == 0:
            return source.send_ump(words(number, source.id), now_ns)
        duration_ns = (1 + self.random.randrange(LATEST_MS)) * NS_PER_MS
        is_taken = source.send_note(0, LOW_PITCH + number % PITCHES, 1 + number // PITCHES % VELOCITIES, duration_ns,
                                    now_ns)
        if is_taken:
            self.last_date_ns = max(self.last_date_ns, now_ns + duration_ns)
        return is_taken

    def send_sysex(self):
        source = self.sources["sysex"]
        message = sysex(self.sent["sysex"], source.id)
        if not source.send_message(message, limit_s=LIMIT_NS / 1e9):
            raise RuntimeError(f"ring to the server stays full: session={self.session.name}")
        self.sent["sysex"] += 1
        self.pieces += -(-len(message) // records.MAX_PAYLOAD_LENGTH)

    def fence(self):
        """A task to itself comes back behind everything that was sent; one that finds no room is counted as others."""
        self.stalled_until_ns = 0
        limit_ns = time.monotonic_ns() + LIMIT_NS
        before = self.fences
        while time.monotonic_ns() < limit_ns:
            if self.send_task(max(self.last_date_ns, self.clock.now_ns()) + NS_PER_MS, FENCE, self.fences + 1):
                self.fences += 1
            self.session.flush()
            round_ns = time.monotonic_ns() + ROUND_NS
            while time.monotonic_ns() < round_ns:
                self.receive()
                if before < self.fences == self.fence_seen:
                    return
                self.session.wait(min(round_ns, time.monotonic_ns() + TICK_NS))
        raise RuntimeError(f"a task does not come back: session={self.session.name}")

    def go(self):
        self.sends = True
        return {"ok": 1}

    def hold(self):
        self.sends = False
        self.fence()
        return {**self.sent, "pieces": self.pieces}

    def stall(self, ms):
        self.stalled_until_ns = time.monotonic_ns() + int(ms) * NS_PER_MS
        return {"ok": 1}

    def connect(self, source, destination, *filter):
        self.session.connect(source, destination, " ".join(filter))
        return {"ok": 1}

    def disconnect(self, source, destination):
        self.session.disconnect(source, destination)
        return {"ok": 1}

    def look(self):
        number = self.random.randrange(1_000)
        right = self.client.ask(lambda server: server.ping(control.Number(number))).number == number
        handle = self.session.schedule(self.clock.now_ns() + FAR_NS, RUNNING)
        right = self.session.cancel(handle) and not self.session.cancel(handle) and right
        plain = self.sources["plain"].id
        return {"right": int(right and any(port.id == plain for port in self.session.server.ports()))}

    def leave(self, pending):
        self.sends = False
        self.fence()
        limit_ns = time.monotonic_ns() + LIMIT_NS // 10
        while self.tally.stuck() > 0 and time.monotonic_ns() < limit_ns:  # what is owed is paid within milliseconds
            self.session.wait(time.monotonic_ns() + NS_PER_MS)
            self.receive()
        left_behind = 0
        for _ in range(int(pending)):
            if self.sources["dated"].send_ump(0, self.clock.now_ns() + FAR_NS):
                left_behind += 1
            else:
                self.said_no += 1
        refused = self.session.refused
        self.session.close()
        self.receive()
        self.is_over = True
        return {**self.sent, "pieces": self.pieces, "leftBehind": left_behind, "refused": refused,
                "saidNo": self.said_no, **self.tasks, **self.tally.tell()}


def main():
    client = carillon.Client("soak Python", carillon.Options(socket=sys.argv[1], starts_server=False))
    guests = {}
    for line in sys.stdin:
        what, name, *arguments = line.split()
        if what == "open":
            guests[name] = Guest(client, name, *map(int, arguments))
            answer = guests[name].opened()
        else:
            answer = guests[name].ask(what, arguments)
            if what == "leave":
                del guests[name]
        print(json.dumps({key: int(value) for key, value in answer.items()}), flush=True)


main()
