"""The ring beside a queue, and with an other side that is hostile."""

import random
import struct
import threading
import time
import unittest
from collections import deque

from carillon import doorbell, event_ring, server_view, session_memory as layout
from carillon.clock import LENGTH, LINE, LINES_OFFSET, ServerClock
from carillon.error import Error
from carillon.event import MAX_PAYLOAD_LENGTH, TEXT, Event

CAPACITY = layout.MIN_CAPACITY


class Ring:
    def __init__(self):
        self.to_server = bytearray(layout.DATA_OFFSET + CAPACITY)
        self.to_client = bytearray(layout.DATA_OFFSET + CAPACITY)
        memory = layout.SessionMemory.create(self.to_server, self.to_client, 1)
        self.producer = event_ring.EventProducer.of_client(memory)
        self.consumer = event_ring.EventConsumer(self.to_server, self.to_client, CAPACITY)

    def tail(self, value):
        struct.pack_into("<q", self.to_server, layout.TAIL_OFFSET, value)

    def head(self, value):
        struct.pack_into("<q", self.to_client, layout.HEAD_OFFSET, value)


class ServerViewTest(unittest.TestCase):
    def test_does_not_wait_for_a_server_that_died_while_it_wrote(self):
        page = bytearray(server_view.PAGE_LENGTH)
        struct.pack_into("<8si", page, 0, server_view.MAGIC, server_view.VERSION)
        view = server_view.ServerView(page)
        self.assertEqual([], view.sessions())

        struct.pack_into("<q", page, server_view.SEQUENCE_OFFSET, 3)

        with self.assertRaisesRegex(Error, "unfinished"):
            view.sessions()


class RingTest(unittest.TestCase):
    def test_does_as_a_queue_does(self):
        ring, model, choice, full = Ring(), deque(), random.Random(1), 0
        for i in range(20_000):
            if choice.random() < 0.6:
                length = choice.choice((8, 8, choice.randrange(MAX_PAYLOAD_LENGTH + 1)))
                event = Event(TEXT, choice.randbytes(length), i)
                if ring.producer.offer(event):
                    model.append(event.to_bytes())
                else:
                    full += 1
            else:
                limit = choice.randrange(4)
                events = ring.consumer.poll(limit)
                self.assertEqual([model.popleft() for _ in events], [event.to_bytes() for event in events])
                self.assertTrue(events or limit == 0 or not model)
            self.assertEqual(not model, ring.consumer.is_empty())
        self.assertGreater(full, 100)
        self.assertEqual(full, ring.producer.refused(layout.REFUSAL_FULL))
        self.assertFalse(ring.producer.offer(Event(TEXT, bytes(MAX_PAYLOAD_LENGTH + 1))))
        self.assertEqual(1, ring.producer.refused(layout.REFUSAL_LENGTH))

    def test_sees_wild_tails(self):
        for tail, text in ((0, "backward"), (-(1 << 63), "backward"), ((1 << 63) - 1, "beyond"),
                           (CAPACITY + 72, "beyond"), (65, "multiple of 8")):
            with self.subTest(tail):
                ring = self.after_two()
                ring.tail(tail)
                self.broken(ring, text)

    def test_sees_forged_headers(self):
        for length, kind, text in ((23, 257, "length"), (-7, 257, "length"), (-(1 << 31), 257, "length"),
                                   (1025, 257, "length"), (40, 257, "published"), (32, 0, "type"), (32, -2, "type"),
                                   (32, -1, "padding"), (8128, -1, "padding")):
            with self.subTest((length, kind)):
                ring = self.after_two()
                struct.pack_into("<ii", ring.to_server, layout.DATA_OFFSET + 64, length, kind)
                ring.tail(96)
                self.broken(ring, text)

    def test_survives_any_bytes(self):
        choice, faults, taken = random.Random(2), 0, 0
        for _ in range(3_000):
            ring = self.after_two()
            for i in range(choice.randrange(1, 80)):
                ring.producer.offer(Event(TEXT, choice.randbytes(choice.choice((8, choice.randrange(90))))))
            for _ in range(choice.randrange(4)):
                at = layout.DATA_OFFSET + 64 + 8 * choice.randrange(100)
                length = choice.choice((-8, 24, 32, 1024, choice.randrange(1 << 31)))
                struct.pack_into("<ii", ring.to_server, at, length, choice.choice((-1, 0, 257, 273)))
            events = ring.consumer.poll(choice.choice((1, 5, 100)))
            while events:
                taken += len(events)
                self.assertTrue(all(len(event.payload) <= MAX_PAYLOAD_LENGTH for event in events))
                events = ring.consumer.poll(choice.choice((1, 5, 100)))
            faults += ring.consumer.fault is not None
            self.assertEqual([], ring.consumer.poll())
        self.assertGreater(faults, 500)
        self.assertGreater(taken, 10_000)

    def test_sees_wild_heads(self):
        for head in (-8, 1 << 62, 4, CAPACITY + 40):
            with self.subTest(head):
                ring = Ring()
                ring.head(head)
                taken = 0
                while ring.producer.offer(Event.message(0xF8)):
                    taken += 1
                self.assertEqual(CAPACITY // 32, taken)
                self.assertIsNotNone(ring.producer.fault)
                ring.head(32)
                self.assertFalse(ring.producer.offer(Event.message(0xF8)))
                self.assertEqual(2, ring.producer.refused(layout.REFUSAL_ENDED))

    def test_refuses_memory_that_is_not_what_it_says(self):
        for offset, value in ((0, 0), (8, 2), (16, 4096), (20, 32768)):
            ring = Ring()
            struct.pack_into("<i", ring.to_client, offset, value)
            self.assertRaises(ValueError, layout.SessionMemory, ring.to_server, ring.to_client)

    def test_wakes_a_sleeper(self):
        memory = bytearray(1024)
        word = doorbell.Word(memory, layout.CLIENT_WORD_OFFSET)
        word.arm()
        waker = threading.Thread(target=word.ring)
        waker.start()
        until = time.monotonic_ns() + 20_000_000_000
        while struct.unpack_from("<i", memory, layout.CLIENT_WORD_OFFSET)[0] == doorbell.WAITING:
            word.sleep(until)
            self.assertLess(time.monotonic_ns(), until)
        waker.join()

    def test_reads_the_clock(self):
        lines = bytearray(LENGTH)
        lines[0] = 2
        LINE.pack_into(lines, LINES_OFFSET, 5_000, 1_000, 2.0)
        clock = ServerClock(lines, 0)
        self.assertEqual(5_000 + 2 * 250, clock.server_ns(1_250))
        self.assertEqual(1_251, clock.mono_ns(5_501))
        LINE.pack_into(lines, LINES_OFFSET + LINE.size, (1 << 63) - 10, 0, 1.0)
        self.assertEqual(5_000, clock.server_ns(1_000))  # the other line is being drawn
        lines[0] = 3
        self.assertEqual((1 << 63) - 1, clock.server_ns(100))

    def after_two(self):
        ring = Ring()
        ring.producer.offer(Event.message(0x90, 60, 100))
        ring.producer.offer(Event.message(0x80, 60, 0))
        self.assertEqual(2, len(ring.consumer.poll()))
        return ring

    def broken(self, ring, text):
        self.assertEqual([], ring.consumer.poll())
        self.assertIn(text, ring.consumer.fault)
        self.assertTrue(ring.consumer.is_empty())


if __name__ == "__main__":
    unittest.main()
