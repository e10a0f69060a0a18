"""Makes the bytes of the golden file from its fields, and reads its fields from its bytes, with the shipped modules."""

import struct
import sys
import unittest

from carillon import doorbell, event_ring, session_memory as layout
from carillon.clock import ServerClock
from carillon.event import BEGIN, END, INCOMPLETE, NOTE, SHORT_TYPES, TASK, DEFERRED_TASK, TYPE_NAMES, Event, aligned

WORDS = (("begin", BEGIN), ("end", END), ("incomplete", INCOMPLETE))


def blocks(path):
    with open(path, encoding="utf-8") as file:
        for text in file.read().split("\n\n"):
            lines = [line for line in text.splitlines() if not line.startswith("#")]
            if lines:
                kind, name = lines[0].split(" ", 1)
                at = lines.index("bytes")
                fields = {}
                for line in lines[1:at]:
                    key, _, value = line.partition(" ")
                    fields[key] = value
                yield kind, name, fields, bytes.fromhex("".join(line.strip() for line in lines[at + 1:]))


class Memory:
    """Both ends of both rings."""

    def __init__(self, to_server_capacity=layout.MIN_CAPACITY, to_client_capacity=layout.MIN_CAPACITY, session_id=1):
        self.to_server = bytearray(layout.DATA_OFFSET + to_server_capacity)
        self.to_client = bytearray(layout.DATA_OFFSET + to_client_capacity)
        memory = layout.SessionMemory.create(self.to_server, self.to_client, session_id)
        self.up = event_ring.EventProducer.of_client(memory)
        self.from_server = event_ring.EventConsumer.of_client(memory)
        self.down = event_ring.EventProducer(self.to_client, self.to_server, to_client_capacity, [0] * 8)
        self.at_server = event_ring.EventConsumer(self.to_server, self.to_client, to_server_capacity)


def event_of(fields):
    if "payload" in fields:
        payload = bytes.fromhex(fields["payload"])
    elif "task" in fields:
        payload = struct.pack("<4q", *map(int, fields["task"].split()))
    else:
        payload = bytes.fromhex(fields["data"])
        if "durationNs" in fields:
            payload += struct.pack("<q", int(fields["durationNs"]))
    flag_word = sum(flag for word, flag in WORDS if word in fields["flags"].split())
    flag_word |= int(fields["hops"]) << 3 | int(fields["destinationIndex"]) << 8
    return Event(int(fields["type"]), payload, int(fields["timeNs"]), int(fields["sourceId"]), int(fields["port"]),
                 int(fields["messageLength"]), flag_word)


def fields_of(event):
    fields = {"type": event.type, "typeName": TYPE_NAMES[event.type], "lengthBytes": 24 + len(event.payload),
              "timeNs": event.time_ns, "sourceId": event.source_id, "port": event.port,
              "messageLength": event.message_length,
              "flags": " ".join(word for word, flag in WORDS if event.flags & flag), "hops": event.hops,
              "destinationIndex": event.destination_index}
    if event.type in SHORT_TYPES or event.type == NOTE:
        fields["data"] = event.payload[:8].hex()
    if event.type == NOTE:
        fields["durationNs"] = event.duration_ns
    elif event.type in (TASK, DEFERRED_TASK):
        fields["task"] = " ".join(map(str, event.task_words))
    elif event.type not in SHORT_TYPES:
        fields["payload"] = event.payload.hex()
    return {key: str(value) for key, value in fields.items()}


class GoldenTest(unittest.TestCase):
    path = None

    def blocks(self, kind):
        found = [block[1:] for block in blocks(self.path) if block[0] == kind]
        self.assertTrue(found, kind)
        return found

    def test_records(self):
        for name, fields, golden in self.blocks("record"):
            with self.subTest(name):
                memory = Memory()
                self.assertTrue(memory.up.offer(event_of(fields)))
                at = layout.DATA_OFFSET
                self.assertEqual(golden.hex(), bytes(memory.to_server[at:at + len(golden)]).hex())
                memory.to_server[at:at + len(golden)] = golden
                self.assertEqual([fields], [fields_of(event) for event in memory.at_server.poll()])

    def test_clock(self):
        for name, fields, golden in self.blocks("clock"):
            with self.subTest(name):
                server, mono, rate = ServerClock(golden, 0).read()
                self.assertEqual((fields["baseServerNs"], fields["baseMonoNs"], fields["rate"]),
                                 (str(server), str(mono), str(rate)))

    def put(self, producer, data):
        at = 0
        while at < len(data):
            length = struct.unpack_from("<i", data, at)[0]
            self.assertTrue(producer.offer(Event.from_bytes(data[at:at + length])))
            at += aligned(length)

    def put_through(self, producer, consumer, length):
        for _ in range(length // 32):
            producer.offer(Event.message(0xF8))
            self.assertEqual(1, len(consumer.poll()))

    def test_to_server(self):
        for name, fields, golden in self.blocks("to-server"):
            with self.subTest(name):
                memory = Memory()
                self.put(memory.up, bytes.fromhex(fields["data"]))
                self.put_through(memory.down, memory.from_server, int(fields["head"]))
                for key, offset in (("kernelWord", layout.KERNEL_WORD_OFFSET),
                                    ("clientWord", layout.CLIENT_WORD_OFFSET)):
                    if fields[key] == "1":
                        doorbell.Word(memory.to_server, offset).arm()
                for i, key in enumerate(("refusedFull", "refusedLength", "refusedEnded")):
                    memory.up._refused[i] = int(fields[key])
                self.assertEqual(golden.hex(), bytes(memory.to_server[:len(golden)]).hex())

    def test_to_client(self):
        for name, fields, golden in self.blocks("to-client"):
            with self.subTest(name):
                memory = Memory(int(fields["toServerCapacity"]), int(fields["toClientCapacity"]),
                                int(fields["sessionId"]))
                self.put(memory.down, bytes.fromhex(fields["data"]))
                self.put_through(memory.up, memory.at_server, int(fields["head"]))
                struct.pack_into("<i", memory.to_client, layout.STATE_OFFSET, int(fields["state"]))
                self.assertEqual(golden.hex(), bytes(memory.to_client[:len(golden)]).hex())
                read = layout.SessionMemory(memory.to_server, memory.to_client)
                self.assertEqual((fields["sessionId"], "open"), (str(read.session_id), read.state))


if __name__ == "__main__":
    GoldenTest.path = sys.argv.pop(1)
    unittest.main()
