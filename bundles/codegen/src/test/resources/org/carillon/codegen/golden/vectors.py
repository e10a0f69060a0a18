"""Writes values, reads and writes them again, or says where they are wrong: write|again|judge SCHEMA ..."""
import struct
import sys

$imports$

MASK = (1 << 64) - 1
FLOATS = [0x7F800001, 0xFFC12345, 0x7FFFFFFF, 0x7F800000, 0x80000000, 1, 0xFF800001]
DOUBLES = [0x7FF0000000000001, 0xFFF8000012345678, 0x7FFFFFFFFFFFFFFF, 0x7FF0000000000000, 0x8000000000000000, 1,
           0xFFF0000000000001]
NUMBERS = [0, MASK, 1, 0x7F7F7F7F7F7F7F7F, 0x8080808080808080, 0x7FFFFFFFFFFFFFFF, 0x8000000000000000,
           0x7FFF7FFF7FFF7FFF, 0x8000800080008000, 0x7FFFFFFF7FFFFFFF, 0x8000000080000000]
LETTERS = ["a", "\0", "\x7f", "\u00e9", "\u07ff", "\u0800", "\uffff", "\U0001f600", "\U0010ffff", "Z"]


class Draw:
    """Values from a seed, the same in every language; extremes come often."""

    def __init__(self, seed):
        self.state = (seed * 0x9E3779B97F4A7C15 + 1) & MASK

    def next(self):
        state = self.state
        state ^= state << 13 & MASK
        state ^= state >> 7
        state ^= state << 17 & MASK
        self.state = state
        return state

    def below(self, limit):
        return (self.next() >> 33) % limit

    def number(self, bits, signed):
        value = NUMBERS[self.below(len(NUMBERS))] if self.below(3) == 0 else self.next()
        value &= (1 << bits) - 1
        return value - (1 << bits) if signed and value >> (bits - 1) else value

    def truth(self):
        return self.below(2) == 1

    def float32(self):
        bits = FLOATS[self.below(len(FLOATS))] if self.below(3) == 0 else self.next() & 0xFFFFFFFF
        value = struct.unpack("<f", struct.pack("<I", bits))[0]
        if value == value:
            return value
        wide = (bits >> 31) << 63 | 0x7FF << 52 | (bits & 0x7FFFFF) << 29
        return struct.unpack("<d", struct.pack("<Q", wide))[0]

    def float64(self):
        bits = DOUBLES[self.below(len(DOUBLES))] if self.below(3) == 0 else self.next()
        return struct.unpack("<d", struct.pack("<Q", bits))[0]

    def string(self):
        return "".join([LETTERS[self.below(len(LETTERS))] for _ in range(self.below(9))])

    def blob(self):
        return bytes([self.number(8, False) for _ in range(self.below(9))])


$makers$


def record(index, data):
    return struct.pack("<II", index, len(data)) + data


def seen(value):
    """What can be compared: numbers by their bits, classes by their first member."""
    return struct.pack("<d", value) if isinstance(value, float) else getattr(value, "x", value)


def is_same_in_place(kind, value, data):
    """Whether what a view shows is what has been read."""
    if not hasattr(kind, "View"):
        return True
    view = kind.View(data)
    for name in [name for name in dir(view) if not name.startswith("_")]:
        member = getattr(value, name)
        shown = getattr(view, name)(1) if isinstance(member, list) else getattr(view, name)()
        shown = seen(shown) if not hasattr(shown, "x") else shown.x()
        if shown != seen(member[1] if isinstance(member, list) else member):
            return False
    return True


def again(kind, data):
    value = kind.decode(data)
    assert is_same_in_place(kind, value, data), value
    return value.encode()


def verdict(kind, module, data):
    try:
        return "good" if again(kind, data) == data else "differs"
    except module.WireError as error:
        return str(error.offset)


class Pipes:
    """Requests over two pipes: id, length, value; length, reply."""

    def __init__(self, into, out):
        self.out = open(out, "wb", buffering=0)
        self.into = open(into, "rb")

    def call(self, request_id, request):
        self.send(request_id, request)
        return self.into.read(struct.unpack("<I", self.into.read(4))[0])

    def send(self, request_id, request):
        self.out.write(record(request_id, request))

    def close(self):
        self.out.close()
        self.into.close()


def ask(into, out):
    pipes = Pipes(into, out)
    client = golden_desk.DeskClient(pipes)
    lines = []
    for name in ("hall", "taken", "boom"):
        try:
            lines.append(f"opened {client.openSession(golden_desk.OpenSession(name, 64)).session}")
        except golden_desk.WireRefusal as refusal:
            lines.append(f"refused {refusal.code} {refusal}")
    client.down(golden_desk.Done())
    is_done = client.connect(golden_desk.Connect("a", "b", True)) == golden_desk.Done()
    lines.append(f"done {str(is_done).lower()}")
    pipes.close()
    return lines


def main(command, schema, *rest):
    if command == "ask":
        with open(rest[-1], "w", encoding="utf-8") as file:
            file.write("\n".join(ask(schema, rest[0])) + "\n")
        return
    module, makers = SCHEMAS[schema]
    with open(rest[-1], "wb") as out:
        if command == "write":
            draw = Draw(int(rest[0]))
            for i in range(int(rest[1])):
                index = i % len(makers)
                out.write(record(index, makers[index](draw, 0).encode()))
            return
        with open(rest[0], "rb") as file:
            data = file.read()
        at = 0
        while at < len(data):
            index, length = struct.unpack_from("<II", data, at)
            value = data[at + 8:at + 8 + length]
            at += 8 + length
            kind = getattr(module, makers[index].__name__.rpartition("_")[2])
            if command == "again":
                out.write(record(index, again(kind, value)))
            else:
                out.write((verdict(kind, module, value) + "\n").encode())


main(*sys.argv[1:])
