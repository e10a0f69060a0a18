"""Server time, read without asking the server: nanoseconds on a line over time.monotonic_ns(), of which the
status page holds two, one in force and one free to be drawn: server = base_server + (mono - base_mono) * rate."""

from __future__ import annotations

import math
import struct
import time
from typing import Callable, Optional, Tuple

from .session_memory import Memory

LINES_OFFSET = 8
LINE = struct.Struct("<qqd")
LENGTH = LINES_OFFSET + 2 * LINE.size
_LOW = -(1 << 63)
_HIGH = (1 << 63) - 1

assert LENGTH == 56


class ServerClock:
    """Reads the line in force. `fence` orders loads on processors that do not keep them in order."""

    def __init__(self, page: Memory, offset: int, fence: Optional[Callable[[], None]] = None) -> None:
        self._lines = memoryview(page).cast("B")[offset:offset + LENGTH]
        self._sequence = self._lines[0:8].cast("q")
        self._fence = fence

    def read(self) -> Tuple[int, int, float]:
        """The line in force, whole: base server time, base monotonic time, rate. It waits for nobody."""
        while True:
            sequence = self._sequence[0]
            if self._fence is not None:
                self._fence()
            line = LINES_OFFSET + (sequence & 1) * LINE.size
            base_server_ns, base_mono_ns, rate = LINE.unpack_from(self._lines, line)
            if self._fence is not None:
                self._fence()
            if self._sequence[0] == sequence:
                return base_server_ns, base_mono_ns, rate

    def now_ns(self) -> int:
        """Server time now, in nanoseconds."""
        return self.server_ns(time.monotonic_ns())

    def server_ns(self, mono_ns: int) -> int:
        """Server time at a time of time.monotonic_ns(); far times stop at the ends of 64 bits."""
        base_server_ns, base_mono_ns, rate = self.read()
        delta = mono_ns - base_mono_ns
        return _clamp(base_server_ns + (delta if rate == 1.0 else math.floor(delta * rate)))

    def mono_ns(self, server_ns: int) -> int:
        """The time of time.monotonic_ns() at which server time has reached a date, never earlier."""
        base_server_ns, base_mono_ns, rate = self.read()
        delta = server_ns - base_server_ns
        if rate != 1.0:
            mono = math.ceil(delta / rate)
            while math.floor(mono * rate) < delta:
                mono += max(1, math.ceil((delta - math.floor(mono * rate)) / rate))
            delta = mono
        return _clamp(base_mono_ns + delta)


def _clamp(value: int) -> int:
    return min(max(value, _LOW), _HIGH)
