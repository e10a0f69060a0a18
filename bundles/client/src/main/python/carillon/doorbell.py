"""The word that a sleeping side is woken by: futex(2) through ctypes, which lets other threads run meanwhile.

Where there is no ctypes, or the system refuses the call, a sleeper looks every millisecond, and the server is woken by
the way that the word's owner names instead.
"""

from __future__ import annotations

import platform
import time
from typing import Callable, Optional

from .session_memory import Memory

try:
    import ctypes
except ImportError:  # built without libffi
    ctypes = None  # type: ignore[assignment]

AWAKE = 0
WAITING = 1

# x86 keeps stores in order among each other, and loads as well
KEEPS_ORDER = platform.machine() in ("x86_64", "AMD64", "i686")

_SYS_FUTEX = {"x86_64": 202, "aarch64": 98}.get(platform.machine())
_FUTEX_WAKE = 1
_FUTEX_WAIT_BITSET = 9
_ANY = 0xFFFFFFFF
_EVERYBODY = 0x7FFFFFFF
_LOOK_S = 0.001


def _futex() -> Optional[Callable[..., int]]:
    """The system call, where it does anything."""
    if ctypes is None or _SYS_FUTEX is None:
        return None
    call = ctypes.CDLL(None).syscall
    word = ctypes.c_int32()
    return call if call(_SYS_FUTEX, ctypes.byref(word), _FUTEX_WAKE, 0, None, None, 0) == 0 else None


_CALL = _futex()


class Word:
    """A word of 32 bits in shared memory. `otherwise` wakes its sleeper where there is no futex."""

    def __init__(self, memory: Memory, offset: int, otherwise: Optional[Callable[[], object]] = None) -> None:
        self._view = memoryview(memory).cast("B")[offset:offset + 4].cast("i")
        self._otherwise = otherwise
        self._call = _CALL
        if self._call is not None:
            self._anchor = ctypes.c_int32.from_buffer(memory, offset)
            self._address = ctypes.c_void_p(ctypes.addressof(self._anchor))

    def fence(self) -> None:
        """A system call that wakes nobody: it orders what was stored before against what is loaded after."""
        if self._call is None:
            time.sleep(0)
        else:
            self._call(_SYS_FUTEX, self._address, _FUTEX_WAKE, 0, None, None, 0)

    def arm(self) -> None:
        """The reader is about to sleep; it must look at its rings once more after this."""
        self._view[0] = WAITING
        self.fence()

    def disarm(self) -> None:
        """The reader is awake."""
        self._view[0] = AWAKE

    def ring(self) -> None:
        """Wakes who sleeps on the word, after something was published; always one system call."""
        self._view[0] = AWAKE
        if self._call is not None:
            self._call(_SYS_FUTEX, self._address, _FUTEX_WAKE, _EVERYBODY, None, None, 0)
        elif self._otherwise is not None:
            self._otherwise()

    def sleep(self, until_mono_ns: int) -> None:
        """Sleeps while the word is WAITING, until a time of time.monotonic_ns(); may return without a reason."""
        if self._call is None:
            while self._view[0] == WAITING and time.monotonic_ns() < until_mono_ns:
                time.sleep(_LOOK_S)
        elif until_mono_ns > time.monotonic_ns():
            timespec = (ctypes.c_long * 2)(*divmod(until_mono_ns, 1_000_000_000))
            self._call(_SYS_FUTEX, self._address, _FUTEX_WAIT_BITSET, WAITING, ctypes.byref(timespec), None,
                       ctypes.c_uint(_ANY))


def own_fence() -> Optional[Callable[[], None]]:
    """What orders loads of memory that is read-only here; None where the processor does."""
    return None if KEEPS_ORDER else Word(bytearray(4), 0).fence
