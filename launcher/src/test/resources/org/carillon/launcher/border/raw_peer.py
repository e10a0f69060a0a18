"""A client written by hand from the drawings, with nothing of the project's own: it checks that they are true.

raw_peer.py echo SOCKET     sends a note through the port "loop" to itself and back, tells what it saw
raw_peer.py hold SOCKET     sends a note-on to "loop" and waits to be ended
raw_peer.py garbage SOCKET  sends what is no request, and forges words of its rings
"""
import json, mmap, os, socket, struct, sys, time

KEY_ON = 0x101
VERSION = 1


def fnv(name):
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def text(words):
    data = words.encode()
    return struct.pack('<I', len(data)) + data


class Refused(Exception):
    pass


class Peer:
    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.socket.settimeout(20)
        self.socket.connect(path)
        self.number = 0

    def ask(self, request, out, value):
        self.number += 1
        self.socket.send(struct.pack('<II', self.number, fnv(request)) + value)
        reply, fds, _, _ = socket.recv_fds(self.socket, 65536, 4)
        number, kind = struct.unpack_from('<II', reply)
        assert number == self.number, (number, self.number)
        if kind == fnv('Refused'):
            code_length, = struct.unpack_from('<I', reply, 8)
            raise Refused(reply[12:12 + code_length].decode())
        assert kind == fnv(out), hex(kind)
        return reply[8:], fds

    def hello(self, name):
        value, fds = self.ask('hello', 'Welcome', struct.pack('<ii', VERSION, os.getpid()) + text(name))
        version, pid, right, length = struct.unpack_from('<iiBi', value)
        assert len(fds) == 1 and version == VERSION and right == 2, (fds, version, right)
        self.page = mmap.mmap(fds[0], length, prot=mmap.PROT_READ)
        try:
            mmap.mmap(fds[0], length)
            raise AssertionError('the status page can be mapped for writing')
        except PermissionError:
            pass
        assert self.page[0:8] == b'CARILLON'
        return pid

    def open(self, name, capacity=0):
        value, fds = self.ask('openSession', 'SessionOpened', struct.pack('<iiI', capacity, capacity, 0) + text(name))
        self.session, self.to_server_capacity, self.to_client_capacity = struct.unpack_from('<iii', value)
        assert len(fds) == 2
        self.to_server = mmap.mmap(fds[0], 1024 + self.to_server_capacity)
        try:
            mmap.mmap(fds[1], 1024 + self.to_client_capacity)
            raise AssertionError('the memory to the client can be mapped for writing')
        except PermissionError:
            pass
        self.to_client = mmap.mmap(fds[1], 1024 + self.to_client_capacity, prot=mmap.PROT_READ)
        for fd in fds:
            try:
                os.ftruncate(fd, 0)
                raise AssertionError('the memory can be cut short')
            except PermissionError:
                os.close(fd)
        assert self.to_client[0:8] == b'CARISESS'
        self.tail = self.head = 0

    def source(self, port):
        value, _ = self.ask('addSource', 'PortAdded', text(port))
        return struct.unpack_from('<i', value)[0]

    def destination(self, port):
        value, _ = self.ask('addDestination', 'PortAdded', b'\0' + text(port))
        return struct.unpack_from('<i', value)[0]

    def connect(self, source, destination):
        try:
            self.ask('connect', 'ConnectionMade', b'\0' + text(source) + text(destination) + text(''))
        except Refused:
            pass  # it is there from an earlier run, and waited for the ports

    def ring(self):
        """Wakes the kernel as one who cannot tell whether it sleeps: a request does."""
        struct.pack_into('<i', self.to_server, 384, 0)
        self.ask('kernelPing', 'Number', struct.pack('<q', 1))

    def send(self, source, status, data1, data2, deadline=0):
        at = 1024 + self.tail % self.to_server_capacity
        struct.pack_into('<iiqiBBHBBB5x', self.to_server, at, 32, KEY_ON, deadline, source, 0, 3, 0, status, data1,
                         data2)
        self.tail += 32
        struct.pack_into('<q', self.to_server, 128, self.tail)

    def receive(self, seconds=10):
        """The status and data of the next short message, or None."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            tail, = struct.unpack_from('<q', self.to_client, 128)
            if tail > self.head:
                at = 1024 + self.head % self.to_client_capacity
                length, kind = struct.unpack_from('<ii', self.to_client, at)
                data = self.to_client[at + 24:at + 27]
                self.head += length + 7 & -8
                struct.pack_into('<q', self.to_server, 256, self.head)
                if kind > 0:
                    return list(data)
            time.sleep(0.001)
        return None

    def is_expelled(self):
        """Whether the server's last packet says why, answering nothing, before it ends the connection."""
        says_why = False
        while True:
            try:
                packet = self.socket.recv(65536)
            except ConnectionResetError:
                continue  # a request was never read; what the server said is there all the same
            if not packet:
                return says_why
            number, kind = struct.unpack_from('<II', packet)
            says_why = number == 0 and kind == fnv('Refused')

    def state(self):
        return struct.unpack_from('<i', self.to_client, 384)[0]


def echo(path):
    peer = Peer(path)
    pid = peer.hello('raw peer')
    peer.open('raw')
    out = peer.source('out')
    peer.destination('in')
    peer.connect('raw:out', 'loop')
    peer.connect('loop', 'raw:in')
    seen = []
    for i in range(100):
        peer.send(out, 0x90, 60, 1 + i)
        peer.ring()
        seen.append(peer.receive())
    print(json.dumps({'server': pid, 'state': peer.state(), 'right': seen == [[0x90, 60, 1 + i] for i in range(100)]}))


def hold(path):
    peer = Peer(path)
    peer.hello('holder')
    peer.open('holder')
    out = peer.source('out')
    peer.destination('in')
    peer.connect('holder:out', 'loop')
    peer.send(out, 0x90, 60, 100)
    peer.ring()
    print('holding', flush=True)
    time.sleep(600)


def garbage(path):
    ends = {}
    peer = Peer(path)
    try:
        peer.ask('ping', 'Number', b'12345678')
    except Refused as e:
        ends['before hello'] = str(e)
    peer.hello('garbage')
    for name, request, value in (('unknown request', 'noSuchRequest', b''), ('short', 'ping', b'1'),
                                 ('long', 'ping', bytes(100)), ('wrong length', 'addSource', struct.pack('<I', 1 << 31)),
                                 ('no text', 'addSource', struct.pack('<I', 2) + b'\xff\xfe')):
        try:
            peer.ask(request, 'Number', value)
        except Refused as e:
            ends[name] = str(e)
    short = Peer(path)
    short.socket.send(b'123')
    ends['shorter than its head'] = short.is_expelled()
    forged = Peer(path)
    forged.hello('forger')
    forged.open('forger')
    struct.pack_into('<q', forged.to_server, 128, 1 << 50)
    struct.pack_into('<i', forged.to_server, 384, 0)
    try:
        forged.socket.send(struct.pack('<IIq', 9, fnv('kernelPing'), 1))
    except ConnectionError:
        pass  # it has been seen without
    ends['forged tail'] = forged.is_expelled()
    ends['forged state'] = forged.state()
    ends['still there'] = peer.ask('ping', 'Number', struct.pack('<q', 7))[0] == struct.pack('<q', 7)
    print(json.dumps(ends))


if __name__ == '__main__':
    {'echo': echo, 'hold': hold, 'garbage': garbage}[sys.argv[1]](sys.argv[2])
