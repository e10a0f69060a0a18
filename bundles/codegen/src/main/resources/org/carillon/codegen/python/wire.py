# made by carillon codegen; changes here are lost
"""Classes and requests of the schema $schema$."""
from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any, ClassVar, List, Protocol, Union

Buffer = Union[bytes, bytearray, memoryview]

_MAX_LENGTH = $maxLength$
_MAX_DEPTH = $maxDepth$
_INT8 = struct.Struct("<b")
_INT16 = struct.Struct("<h")
_INT32 = struct.Struct("<i")
_INT64 = struct.Struct("<q")
_UINT8 = struct.Struct("<B")
_UINT16 = struct.Struct("<H")
_UINT32 = struct.Struct("<I")
_UINT64 = struct.Struct("<Q")
_FLOAT32 = struct.Struct("<f")
_FLOAT64 = struct.Struct("<d")


class WireError(ValueError):
    """A value cannot be read or written; offset is in bytes from its start."""

    def __init__(self, offset: int, reason: str) -> None:
        super().__init__(f"{reason}, offset={offset}")
        self.offset = offset
        self.reason = reason


class WireCount:
    """Sizes of arrays: what overflows 64 bits or divides by zero is no value, and what is made of it is none."""

    INVALID = -(1 << 63)

    @staticmethod
    def of_unsigned(value: int) -> int:
        """Of a uint64: no value where it is above an int64."""
        return WireCount._checked(value)

    @staticmethod
    def add(left: int, right: int) -> int:
        """The sum."""
        return WireCount._joined(left, right, left + right)

    @staticmethod
    def subtract(left: int, right: int) -> int:
        """The difference."""
        return WireCount._joined(left, right, left - right)

    @staticmethod
    def multiply(left: int, right: int) -> int:
        """The product."""
        return WireCount._joined(left, right, left * right)

    @staticmethod
    def divide(left: int, right: int) -> int:
        """The quotient without the fraction, towards zero."""
        if right == 0:
            return WireCount.INVALID
        quotient = abs(left) // abs(right)
        return WireCount._joined(left, right, quotient if (left < 0) == (right < 0) else -quotient)

    @staticmethod
    def area(rows: int, columns: int) -> int:
        """The product of two dimensions, neither of which may be negative."""
        return WireCount.INVALID if rows < 0 or columns < 0 else WireCount.multiply(rows, columns)

    @staticmethod
    def _checked(value: int) -> int:
        return value if -(1 << 63) <= value < 1 << 63 else WireCount.INVALID

    @staticmethod
    def _joined(left: int, right: int, value: int) -> int:
        is_invalid = WireCount.INVALID in (left, right)
        return WireCount.INVALID if is_invalid else WireCount._checked(value)


def _place(row: int, columns: int, index: int) -> int:
    """Where an element stands: index in a row of columns, after row rows."""
    if not 0 <= index < columns:
        raise IndexError(f"expected an index below the dimension: index={index}, dimension={columns}")
    return row * columns + index


def _float32_of(bits: int) -> float:
    """A float32 that is no number: a float of Python with the same sign and the same bits on top."""
    return _FLOAT64.unpack(_UINT64.pack((bits >> 31) << 63 | 0x7FF << 52 | (bits & 0x7FFFFF) << 29))[0]


def _bits_of(value: float) -> int:
    """The float32 of a float that is no number, without touching its bits as arithmetic would."""
    bits = _UINT64.unpack(_FLOAT64.pack(value))[0]
    fraction = bits >> 29 & 0x7FFFFF
    return bits >> 63 << 31 | 0xFF << 23 | (fraction or 1 << 22)


class WireReader:
    """Reads one value and checks each length and count before it is used."""

    def __init__(self, data: Buffer) -> None:
        self._data = memoryview(data).cast("B")
        self._end = len(self._data)
        self._position = 0
        self._depth = 0
        if self._end > _MAX_LENGTH:
            raise WireError(0, f"expected at most {_MAX_LENGTH} bytes: length={self._end}")

    def _take(self, length: int) -> int:
        at = self._position
        if length > self._end - at:
            raise WireError(at, f"expected more bytes: wanted={length}, left={self._end - at}")
        self._position += length
        return at

    def enter(self) -> None:
        """Where a class begins."""
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise WireError(self._position, f"expected fewer classes in one another: limit={_MAX_DEPTH}")

    def leave(self) -> None:
        """Where a class ends."""
        self._depth -= 1

    def end(self) -> None:
        """Where the value ends."""
        if self._position < self._end:
            raise WireError(self._position, f"expected no more bytes: left={self._end - self._position}")

    def count(self, size: str, expected: int, element_length: int) -> int:
        """The stored count of an array whose size is over members."""
        at = self._position
        count = self.uint32()
        if count != expected:
            wanted = expected if expected >= 0 else "none"
            raise WireError(at, f"expected a count of {size}: count={count}, expected={wanted}")
        return self.room(count, element_length)

    def room(self, count: int, element_length: int) -> int:
        """A count for whose elements there are bytes enough."""
        left = self._end - self._position
        if count > left // element_length:
            raise WireError(self._position, f"expected more bytes: count={count}, left={left}")
        return count

    def bool8(self) -> bool:
        value = self.uint8()
        if value > 1:
            raise WireError(self._position - 1, f"expected 0 or 1: value={value}")
        return value == 1

    def int8(self) -> int:
        return _INT8.unpack_from(self._data, self._take(1))[0]

    def int16(self) -> int:
        return _INT16.unpack_from(self._data, self._take(2))[0]

    def int32(self) -> int:
        return _INT32.unpack_from(self._data, self._take(4))[0]

    def int64(self) -> int:
        return _INT64.unpack_from(self._data, self._take(8))[0]

    def uint8(self) -> int:
        return self._data[self._take(1)]

    def uint16(self) -> int:
        return _UINT16.unpack_from(self._data, self._take(2))[0]

    def uint32(self) -> int:
        return _UINT32.unpack_from(self._data, self._take(4))[0]

    def uint64(self) -> int:
        return _UINT64.unpack_from(self._data, self._take(8))[0]

    def float32(self) -> float:
        at = self._take(4)
        value = _FLOAT32.unpack_from(self._data, at)[0]
        return value if value == value else _float32_of(_UINT32.unpack_from(self._data, at)[0])

    def float64(self) -> float:
        return _FLOAT64.unpack_from(self._data, self._take(8))[0]

    def blob(self) -> bytes:
        length = self.room(self.uint32(), 1)
        at = self._take(length)
        return bytes(self._data[at:at + length])

    def string(self) -> str:
        at = self._position
        value = self.blob()
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            raise WireError(at, f"expected UTF-8: length={len(value)}") from None

    def _numbers(self, count: int, letter: str, length: int) -> List[Any]:
        return list(struct.unpack_from(f"<{count}{letter}", self._data, self._take(count * length)))

    def bool8s(self, count: int) -> List[bool]:
        return [self.bool8() for _ in range(count)]

    def int8s(self, count: int) -> List[int]:
        return self._numbers(count, "b", 1)

    def int16s(self, count: int) -> List[int]:
        return self._numbers(count, "h", 2)

    def int32s(self, count: int) -> List[int]:
        return self._numbers(count, "i", 4)

    def int64s(self, count: int) -> List[int]:
        return self._numbers(count, "q", 8)

    def uint8s(self, count: int) -> List[int]:
        return self._numbers(count, "B", 1)

    def uint16s(self, count: int) -> List[int]:
        return self._numbers(count, "H", 2)

    def uint32s(self, count: int) -> List[int]:
        return self._numbers(count, "I", 4)

    def uint64s(self, count: int) -> List[int]:
        return self._numbers(count, "Q", 8)

    def float32s(self, count: int) -> List[float]:
        start = self._position
        values = self._numbers(count, "f", 4)
        for i, value in enumerate(values):
            if value != value:
                values[i] = _float32_of(_UINT32.unpack_from(self._data, start + 4 * i)[0])
        return values

    def float64s(self, count: int) -> List[float]:
        return self._numbers(count, "d", 8)

    def blobs(self, count: int) -> List[bytes]:
        return [self.blob() for _ in range(count)]

    def strings(self, count: int) -> List[str]:
        return [self.string() for _ in range(count)]

    def elements(self, kind: Any, count: int) -> List[Any]:
        """Values of a class."""
        return [kind.read_from(self) for _ in range(count)]


class WireWriter:
    """Writes one value."""

    def __init__(self) -> None:
        self.data = bytearray()
        self._depth = 0

    def _append(self, kind: struct.Struct, expected: str, value: Any) -> None:
        try:
            self.data += kind.pack(value)
        except (struct.error, OverflowError):
            raise WireError(len(self.data), f"expected {expected}: value={value!r}") from None

    def enter(self) -> None:
        """Where a class begins."""
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise WireError(len(self.data), f"expected fewer classes in one another: limit={_MAX_DEPTH}")

    def leave(self) -> None:
        """Where a class ends."""
        self._depth -= 1

    def check(self, size: str, expected: int, values: Any) -> None:
        """Whether an array has as many elements as its size says."""
        if len(values) != expected:
            wanted = expected if expected >= 0 else "none"
            raise WireError(len(self.data), f"expected a count of {size}: count={len(values)}, expected={wanted}")

    def count(self, size: str, expected: int, values: Any) -> None:
        """The count of an array whose size is over members."""
        self.check(size, expected, values)
        self.uint32(len(values))

    def bool8(self, value: bool) -> None:
        self.data.append(1 if value else 0)

    def int8(self, value: int) -> None:
        self._append(_INT8, "an int8", value)

    def int16(self, value: int) -> None:
        self._append(_INT16, "an int16", value)

    def int32(self, value: int) -> None:
        self._append(_INT32, "an int32", value)

    def int64(self, value: int) -> None:
        self._append(_INT64, "an int64", value)

    def uint8(self, value: int) -> None:
        self._append(_UINT8, "a uint8", value)

    def uint16(self, value: int) -> None:
        self._append(_UINT16, "a uint16", value)

    def uint32(self, value: int) -> None:
        self._append(_UINT32, "a uint32", value)

    def uint64(self, value: int) -> None:
        self._append(_UINT64, "a uint64", value)

    def float32(self, value: float) -> None:
        if value == value:
            self._append(_FLOAT32, "a float", value)
        else:
            self.uint32(_bits_of(value))

    def float64(self, value: float) -> None:
        self._append(_FLOAT64, "a double", value)

    def blob(self, value: bytes) -> None:
        self.uint32(len(value))
        self.data += value

    def string(self, value: str) -> None:
        try:
            self.blob(value.encode("utf-8"))
        except UnicodeEncodeError:
            raise WireError(len(self.data), "expected Unicode, found half of a pair") from None

    def _numbers(self, values: List[Any], letter: str, one: Any) -> None:
        try:
            self.data += struct.pack(f"<{len(values)}{letter}", *values)
        except (struct.error, OverflowError):
            for each in values:
                one(each)

    def bool8s(self, values: List[bool]) -> None:
        for each in values:
            self.bool8(each)

    def int8s(self, values: List[int]) -> None:
        self._numbers(values, "b", self.int8)

    def int16s(self, values: List[int]) -> None:
        self._numbers(values, "h", self.int16)

    def int32s(self, values: List[int]) -> None:
        self._numbers(values, "i", self.int32)

    def int64s(self, values: List[int]) -> None:
        self._numbers(values, "q", self.int64)

    def uint8s(self, values: List[int]) -> None:
        self._numbers(values, "B", self.uint8)

    def uint16s(self, values: List[int]) -> None:
        self._numbers(values, "H", self.uint16)

    def uint32s(self, values: List[int]) -> None:
        self._numbers(values, "I", self.uint32)

    def uint64s(self, values: List[int]) -> None:
        self._numbers(values, "Q", self.uint64)

    def float32s(self, values: List[float]) -> None:
        for each in values:
            self.float32(each)

    def float64s(self, values: List[float]) -> None:
        self._numbers(values, "d", self.float64)

    def blobs(self, values: List[bytes]) -> None:
        for each in values:
            self.blob(each)

    def strings(self, values: List[str]) -> None:
        for each in values:
            self.string(each)

    def elements(self, values: List[Any]) -> None:
        """Values of a class."""
        for each in values:
            each.write_to(self)


class _Bytes:
    """Bytes of a view, by their offset."""

    def __init__(self, data: Buffer, offset: int, length: int) -> None:
        self.data = memoryview(data).cast("B")
        self.offset = offset
        if offset < 0 or length > len(self.data) - offset:
            raise WireError(0, f"expected {length} bytes: length={len(self.data) - offset}")

    def _number(self, kind: struct.Struct, at: int) -> Any:
        return kind.unpack_from(self.data, self.offset + at)[0]

    def bool8(self, at: int) -> bool:
        return self.data[self.offset + at] != 0

    def int8(self, at: int) -> int:
        return self._number(_INT8, at)

    def int16(self, at: int) -> int:
        return self._number(_INT16, at)

    def int32(self, at: int) -> int:
        return self._number(_INT32, at)

    def int64(self, at: int) -> int:
        return self._number(_INT64, at)

    def uint8(self, at: int) -> int:
        return self._number(_UINT8, at)

    def uint16(self, at: int) -> int:
        return self._number(_UINT16, at)

    def uint32(self, at: int) -> int:
        return self._number(_UINT32, at)

    def uint64(self, at: int) -> int:
        return self._number(_UINT64, at)

    def float32(self, at: int) -> float:
        value = self._number(_FLOAT32, at)
        return value if value == value else _float32_of(self._number(_UINT32, at))

    def float64(self, at: int) -> float:
        return self._number(_FLOAT64, at)


def _decoded(kind: Any, data: Buffer) -> Any:
    reader = WireReader(data)
    value = kind.read_from(reader)
    reader.end()
    return value


def _encoded(value: Any) -> bytes:
    writer = WireWriter()
    value.write_to(writer)
    if len(writer.data) > _MAX_LENGTH:
        raise WireError(_MAX_LENGTH, f"expected at most {_MAX_LENGTH} bytes: length={len(writer.data)}")
    return bytes(writer.data)
