"""The memory that a session shares with its client: two segments, one each way, made and sealed by the server.

to the server, mapped read-write:      to the client, mapped read-only:
   128 int64 tail of the ring to it       0 magic  8 int32 version  12 int32 session id
   256 int64 head of the ring to us      16 int32 capacity to the server  20 int32 to the client
   384 int32 the kernel's waiting word  128 int64 tail of the ring to us
   512 int32 our waiting word           256 int64 head of the ring to the server
   640 int64[8] refused, by reason      384 int32 state
  1024 data                            1024 data
"""

from __future__ import annotations

import mmap
import struct
from typing import Union

Memory = Union[mmap.mmap, bytearray, memoryview]

MAGIC = b"CARISESS"
VERSION = 1
HEAD = struct.Struct("<8siiii")
TAIL_OFFSET = 128
HEAD_OFFSET = 256
KERNEL_WORD_OFFSET = 384
CLIENT_WORD_OFFSET = 512
REFUSED_OFFSET = 640
STATE_OFFSET = 384
DATA_OFFSET = 1024
PADDING_TYPE = -1
MIN_CAPACITY = 8 * 1024
DEFAULT_CAPACITY = 64 * 1024
MAX_CAPACITY = 16 * 1024 * 1024

REFUSAL_FULL = 0
REFUSAL_LENGTH = 1
REFUSAL_ENDED = 2

STATES = ("new", "open", "closed", "stopped", "violated", "kicked", "exceeded")

assert HEAD.size == 24


def is_capacity(length: int) -> bool:
    """Whether a ring can have it: a power of two within the limits."""
    return MIN_CAPACITY <= length <= MAX_CAPACITY and length & (length - 1) == 0


class SessionMemory:
    """The checked head of a session's memory. Raises ValueError when it is not what it says."""

    def __init__(self, to_server: Memory, to_client: Memory) -> None:
        self.to_server = memoryview(to_server).cast("B")
        self.to_client = memoryview(to_client).cast("B")
        if len(self.to_client) < DATA_OFFSET:
            raise ValueError(f"session memory must be longer than its head: length={len(self.to_client)}")
        magic, version, self.session_id, self.to_server_capacity, self.to_client_capacity = HEAD.unpack_from(
            self.to_client)
        if magic != MAGIC or version != VERSION:
            raise ValueError(f"expected session memory of version {VERSION}: magic={magic!r}, version={version}")
        for name, segment, capacity in (("to-server", self.to_server, self.to_server_capacity),
                                        ("to-client", self.to_client, self.to_client_capacity)):
            if not is_capacity(capacity) or len(segment) < DATA_OFFSET + capacity:
                raise ValueError(f"session memory must be as long as its capacity says: segment={name}, "
                                 f"length={len(segment)}, capacity={capacity}")

    @staticmethod
    def create(to_server: bytearray, to_client: bytearray, session_id: int) -> SessionMemory:
        """Writes the head of new memory, all zeros. A server only; here for tests."""
        HEAD.pack_into(to_client, 0, MAGIC, VERSION, session_id, len(to_server) - DATA_OFFSET,
                       len(to_client) - DATA_OFFSET)
        return SessionMemory(to_server, to_client)

    @property
    def state(self) -> str:
        """What became of the session, one of STATES; a number that is unknown here is an end, too."""
        number = struct.unpack_from("<i", self.to_client, STATE_OFFSET)[0]
        return STATES[number] if 0 <= number < len(STATES) else "stopped"
