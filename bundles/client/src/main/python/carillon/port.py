"""Ports of a session: what it sends through and receives by."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from . import control
from . import event as records
from .event import Event

if TYPE_CHECKING:
    from .session import Session

_RETRY_S = 0.000_05


class Port:
    """A port of a session, which has another number in each life of it."""

    def __init__(self, session: Session, port: str) -> None:
        self.name = f"{session.name}:{port}"
        self.id = 0  # unique in this run of the server
        self._session = session
        self._port = port

    def publish(self, server: control.ControlClient) -> None:
        """Asks for the port; a session does this, once in each life."""
        raise NotImplementedError


class Destination(Port):
    """Its events come through the session."""

    def __init__(self, session: Session, port: str, whole_notes: bool) -> None:
        super().__init__(session, port)
        self.index = 0  # what Event.destination_index says of events for this destination
        self._whole_notes = whole_notes

    def publish(self, server: control.ControlClient) -> None:
        added = server.addDestination(control.NewDestination(self._port, self._whole_notes))
        self.index = added.index
        self.id = added.portId


class Source(Port):
    """Sending returns False at once when the ring to the server is full or the server is unreachable; nothing was sent
    then. A deadline is server time in nanoseconds; 0 means now. Any thread: senders take turns. None of this but
    `send_message` waits. After a batch, `flush` wakes the server.
    """

    def __init__(self, session: Session, port: str) -> None:
        super().__init__(session, port)
        self._whole = threading.Lock()  # nothing comes between the pieces of a message

    def publish(self, server: control.ControlClient) -> None:
        self.id = server.addSource(control.NewSource(self._port)).portId

    def send(self, status: int, data1: int = 0, data2: int = 0, deadline_ns: int = 0) -> bool:
        """A MIDI 1.0 message of one to three bytes; its status byte must be of one that is not system exclusive."""
        return self._offer(Event.message(status, data1 & 0x7F, data2 & 0x7F, deadline_ns, self.id))

    def send_note(self, channel: int, pitch: int, velocity: int, duration_ns: int, deadline_ns: int = 0) -> bool:
        """A note that ends by itself, after so many nanoseconds; channel 0 to 15."""
        return self._offer(records.note(channel, pitch, velocity, duration_ns, deadline_ns, self.id))

    def send_ump(self, words: int, deadline_ns: int = 0) -> bool:
        """A MIDI 2.0 channel voice message: a pair of words, the first in the low half of 64 bits."""
        return self._offer(Event(records.UMP64, words.to_bytes(8, "little"), deadline_ns, self.id, 0, 8))

    def send_copy(self, event: Event, deadline_ns: int = 0) -> bool:
        """A copy of an event of any kind, with another date."""
        return self._offer(Event(event.type, event.payload, deadline_ns, self.id, event.port, event.message_length,
                                 event.flags))

    def send_message(self, message: bytes, deadline_ns: int = 0, limit_s: float = 5.0) -> bool:
        """A complete MIDI message, system exclusive ones of up to 16 MiB included, and wakes the server; waits for
        room, at most so many seconds. False when it was not sent, or not to its end."""
        until_s = time.monotonic() + limit_s
        if not message or len(message) > records.MAX_SYSEX_LENGTH:
            return False
        if message[0] != 0xF0:
            if len(message) != records.message_length(message[0]):
                return False
            status, data1, data2 = (message + b"\0\0")[:3]
            return self._insist(Event.message(status, data1, data2, deadline_ns, self.id), until_s)
        if not self._whole.acquire(timeout=max(0, limit_s)):
            return False
        try:
            return self._send_pieces(message, deadline_ns, until_s)
        finally:
            self._whole.release()

    def _send_pieces(self, message: bytes, deadline_ns: int, until_s: float) -> bool:
        life = self._session.life
        for start in range(0, len(message), records.MAX_PAYLOAD_LENGTH):
            piece = message[start:start + records.MAX_PAYLOAD_LENGTH]
            flags = (records.BEGIN if start == 0 else 0) | (records.END if start + len(piece) == len(message) else 0)
            event = Event(records.SYSEX, piece, deadline_ns, self.id, flag_word=flags)
            if self._session.life is not life or not self._insist(event, until_s):
                return False
        return True

    def flush(self) -> None:
        """Wakes the server after a batch of sends. Forgetting this loses nothing: it only makes the batch late."""
        self._session.flush()

    def _offer(self, event: Event) -> bool:
        return self._session.offer(event)

    def _insist(self, event: Event, until_s: float) -> bool:
        while not self._session.offer(event):
            self._session.flush()
            if not self._session.is_reachable or time.monotonic() >= until_s:
                return False
            time.sleep(_RETRY_S)
        self._session.flush()
        return True
