"""The Python client with a real server at the other end. Arguments: its socket, and which test. What a test waits for
from outside it says on a line, and reads a line when it is done."""

import gc
import os
import signal
import sys
import threading
import time
import warnings

from carillon import (Change, Client, ClientState, Error, ErrorKind, Options, SysexAssembler, WATCH_CONNECTIONS,
                      WATCH_PORTS, doorbell, session_memory)
from carillon.control import Number, SessionName
from carillon.event import NOTE, PITCH_WHEEL, TASK, CHANGE, END

LIMIT_S = 20
MS = 1_000_000


def wait_until(what, condition):
    until = time.monotonic() + LIMIT_S
    while not condition():
        assert time.monotonic() < until, f"waited in vain until {what}"
        time.sleep(0.0002)


def expect(kind, call):
    try:
        call()
    except Error as e:
        assert e.kind is kind, f"another error: kind={e.kind}, message={e}"
        assert str(e)
        return str(e)
    raise AssertionError(f"no error: expected={kind}")


def line_of(event):
    return f"{event.name} {event.data1} {event.data2}"


def some(session, count):
    """So many events, or fewer when no more come in time."""
    events = []
    for event in session.events(limit_s=LIMIT_S):
        events.append(event)
        if len(events) == count:
            break
    return events


def should_send_and_receive(client):
    with client.open("one") as session:
        out = session.source("out")
        incoming = session.destination("in")
        session.connect("one:out", "one:in", "transp 12")
        assert out.send(0x90, 60, 100) and out.send(0x80, 60, 0)
        out.flush()
        assert [line_of(event) for event in some(session, 2)] == ["keyon 72 100", "keyoff 72 0"]
        assert incoming.index == 0 and out.name == "one:out" and out.id != 0
        assert session.server.is_connected("one:out", "one:in")
        assert session.server.is_ready and session.server.process_id != 0 and session.id != 0
    assert client.state is ClientState.PASSIVE


def should_tap(client):
    with client.open("played") as played, client.open("looking") as looking:
        out = played.source("out")
        looking.destination("in")
        assert looking.tap(False, "played:out", "looking:in", "on") != 0
        assert out.send(0xB0, 7, 1) and out.send(0x90, 60, 100)
        out.flush()
        assert [line_of(event) for event in some(looking, 1)] == ["keyon 60 100"]
        looking.untap(False, "played:out", "looking:in")
        expect(ErrorKind.NO_SUCH_NAME, lambda: looking.untap(False, "played:out", "looking:in"))


def should_send_every_kind(client):
    with client.open("kinds") as session:
        out = session.source("out")
        session.destination("whole", whole_notes=True)
        session.connect("kinds:out", "kinds:whole")
        assert out.send(0xF8) and out.send(0xC3, 17) and out.send_note(2, 64, 90, 5 * MS)
        assert out.send_ump(0x40903C00 | 0xFFFF0000 << 32) and out.send_message(bytes((0xE1, 5, 6)))
        came = some(session, 5)
        assert [event.message_bytes.hex() for event in came[:2]] == ["f8", "c311"]
        note = came[2]
        assert (note.type, note.channel, note.data1, note.duration_ns) == (NOTE, 2, 64, 5 * MS)
        assert came[3].payload == (0x40903C00 | 0xFFFF0000 << 32).to_bytes(8, "little")
        assert came[4].message_bytes == bytes((0xE1, 5, 6))
        assert out.send_copy(note)
        out.flush()
        assert some(session, 1)[0].payload == note.payload
        assert not out.send_message(b"\x90\x40") and not out.send_message(b"") and not out.send_message(b"\x40")
        for wrong in (0x40, 0xF0, 0xF4, 0x100):
            try:
                out.send(wrong)
                raise AssertionError(f"no error: status={wrong}")
            except ValueError:
                pass


def should_keep_to_dates(client):
    with client.open("dates") as session:
        out = session.source("out")
        session.destination("in")
        session.connect("dates:out", "dates:in")
        clock = session.server.clock
        date = clock.now_ns() + 300 * MS
        far = session.schedule(date + 20_000 * MS, 1)
        assert session.schedule(date, 10, 11, 12, 13) >= 0
        assert session.send_task(date + MS, 20, 21, 22, -23)
        assert out.send_note(3, 60, 100, 2 * MS, date - MS)
        session.flush()
        words, notes = [], []
        for event in session.events(limit_s=LIMIT_S):
            assert clock.now_ns() >= event.time_ns
            if event.type == TASK:
                words += event.task_words
            else:
                notes.append(event.time_ns)
            if len(words) == 8 and len(notes) == 2:
                break
        assert words == [10, 11, 12, 13, 20, 21, 22, -23], words
        assert notes == [date - MS, date + MS], notes
        assert session.cancel(far) and not session.cancel(far)


def should_carry_sysex(client):
    with client.open("sysex") as session:
        out = session.source("out")
        session.destination("in")
        session.connect("sysex:out", "sysex:in")
        message = bytes([0xF0, *(i % 127 for i in range(200_000)), 0xF7])
        whole, assembler = [], SysexAssembler()

        def take(event):
            message = assembler.take(event)
            if message is not None:
                whole.append(message)

        with session.receive(take):
            assert out.send_message(message, limit_s=LIMIT_S)
            assert out.send_message(b"\xf0\x7e\xf7")
            wait_until("both messages are there", lambda: len(whole) == 2)
        assert whole == [message, b"\xf0\x7e\xf7"]


def should_have_several_sessions(client):
    with client.open("left") as left, client.open("right") as right:
        right.watch(WATCH_PORTS | WATCH_CONNECTIONS)
        out = left.source("out")
        right.destination("in")
        left.connect("left:out", "right:in")
        out.send(0xE0, 1, 2)
        left.flush()
        changes = []
        for event in right.events(limit_s=LIMIT_S):
            if event.type == PITCH_WHEEL:
                break
            assert event.type == CHANGE and event.changed_id > 0
            changes.append(event.change)
        assert changes.count(Change.PORT_CAME) == 2 and changes.count(Change.CONNECTION_CAME) == 1, changes
        view = client.look()
        assert view.sessions() == ["left", "right"]
        assert [(port.name, port.is_destination, port.session) for port in view.ports()] == [
            ("left:out", False, "left"), ("right:in", True, "right")]
        connection, = view.connections()
        assert (connection.source, connection.destination, connection.state) == ("left:out", "right:in", 1)
        left.filter("left:out", "right:in", "transp 3")
        left.filter_destination("right:in", "transp 4")
        assert view.connections()[0].filter == "transp 3"
        out.send(0x90, 60, 1)
        out.flush()
        assert [line_of(event) for event in some(right, 2) if event.type != CHANGE] == ["keyon 67 1"]
        left.disconnect("left:out", "right:in")
        right.watch(0)
        left.panic()
        assert view.connections() == []


def should_say_no(client):
    session = client.open("taken")
    expect(ErrorKind.REFUSED, lambda: client.open("taken"))
    expect(ErrorKind.WRONG_USAGE, lambda: client.open("a:b"))
    expect(ErrorKind.WRONG_USAGE, lambda: client.open("odd", 5_000))
    expect(ErrorKind.NO_SUCH_NAME, lambda: session.disconnect("none", "nowhere"))
    assert "no" in expect(ErrorKind.WRONG_USAGE, lambda: session.connect("a", "b", "no such word"))
    expect(ErrorKind.WRONG_USAGE, lambda: session.connect("a" * 70_000, "b"))
    nowhere = Client("x", Options("/nowhere/control", starts_server=False))
    expect(ErrorKind.UNREACHABLE, nowhere.look)
    expect(ErrorKind.UNREACHABLE, lambda: nowhere.open("x"))
    assert not nowhere.is_server_there() and client.is_server_there()
    folder = os.path.dirname(client.look.__self__._options.socket)
    expect(ErrorKind.WRONG_USAGE, Client("x", Options(os.path.join(folder, "x" * 200))).look)
    assert client.ask(lambda server: server.ping(Number(7))).number == 7
    connection = session.connect("here", "there", "ch 1")
    assert session.connect("here", "there", "ch 2") == connection
    assert session.server.connections()[0].filter == "ch 2"
    session.close()
    session.close()
    expect(ErrorKind.REFUSED, lambda: session.source("late"))
    assert client.state is ClientState.PASSIVE and list(session) == []


def should_refuse_when_full(client):
    with client.open("full", session_memory.MIN_CAPACITY, session_memory.MIN_CAPACITY) as session:
        out = session.source("out")
        far = session.server.clock.now_ns() + 3_600_000 * MS
        taken = 0
        while taken < 100_000 and out.send(0x90, 1, 1, far):  # nobody is woken: no flush
            taken += 1
        assert taken >= session_memory.MIN_CAPACITY // 32 and session.refused > 0


def should_not_deadlock(client):
    with client.open("two") as session:
        tasks = []

        def handle(event):
            tasks.append(event)
            session.schedule(event.time_ns + MS, len(tasks))

        with session.receive(handle):
            session.schedule(session.server.clock.now_ns() + MS, 0)
            asked = []

            def ask(port):
                for _ in range(60):
                    session.remove(session.source(port))
                    asked.append(port)

            threads = [threading.Thread(target=ask, args=(f"p{i}",)) for i in range(3)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert len(asked) == 180
            wait_until("requests out of the call-back are answered", lambda: len(tasks) > 50)


def should_survive_a_handler_that_fails(client):
    with client.open("wrong") as session:
        out = session.source("out")
        session.destination("in")
        session.connect("wrong:out", "wrong:in")
        came = []

        def handle(event):
            came.append(event)
            if len(came) == 1:
                raise RuntimeError("the handler's own")

        receiver = session.receive(handle, priority=10)
        out.send(0xF8)
        out.send(0xFA)
        out.flush()
        wait_until("the second event has come", lambda: len(came) == 2)
        assert receiver.is_real_time in (True, False)
        session.close()
        receiver.close()


def should_answer_many_senders(client):
    """Senders in several threads, one receiver: nothing torn, nothing lost, nothing out of order."""
    with client.open("many", 1 << 20, 1 << 20) as session:
        out = session.source("out")
        session.destination("in")
        session.connect("many:out", "many:in")
        count, senders, came = 2_000, 4, {}
        sys.setswitchinterval(0.000_001)

        def send(channel):
            for i in range(count):
                while not out.send(0xB0 | channel, i >> 7, i & 0x7F):
                    out.flush()
            out.flush()

        def take(event):
            came.setdefault(event.channel, []).append(event.data1 << 7 | event.data2)

        with session.receive(take):
            for channel in range(senders):
                threading.Thread(target=send, args=(channel,), daemon=True).start()
            wait_until("all have come", lambda: sum(map(len, came.values())) == count * senders)
        assert all(came[channel] == list(range(count)) for channel in range(senders))


def should_work_without_futex(client):
    doorbell._CALL = None
    should_send_and_receive(client)
    should_carry_sysex(client)


def should_be_interrupted(client):
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs are born deaf to it
    with client.open("interrupted") as session:
        threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()
        start = time.monotonic()
        try:
            for _ in session.events(limit_s=LIMIT_S):
                pass
            raise AssertionError("not interrupted")
        except KeyboardInterrupt:
            assert time.monotonic() - start < LIMIT_S


def should_leave_nothing_behind(client):
    gc.disable()  # descriptors and maps are too few to wait for it

    def rounds(count):
        for _ in range(count):
            with client.open("gone") as session:
                out = session.source("out")
                session.destination("in")
                session.connect("gone:out", "gone:in")
                assert out.send(0x90, 60, 1)
        del session, out
        with open("/proc/self/maps", encoding="utf-8") as maps:
            shared = sum("memfd" in line for line in maps)
        return len(os.listdir("/proc/self/fd")), shared, threading.active_count()

    before = rounds(2)
    assert rounds(30) == before
    assert client.look().ports() == []


def tell(what):
    print(what, flush=True)
    sys.stdin.readline()


def should_stay_ended_when_kicked(client):
    session = client.open("kicked")
    events = []
    reader = threading.Thread(target=lambda: events.extend(session))
    reader.start()
    client.ask(lambda server: server.kick(SessionName("kicked")))
    wait_until("end is seen", lambda: session.end_reason == "kicked")
    reader.join(LIMIT_S)
    assert not reader.is_alive() and not session.is_reachable
    expect(ErrorKind.REFUSED, lambda: session.source("out"))
    session.close()


def should_go_on_in_another_server(client):
    states = []
    client._on_state = states.append
    assert client.state is ClientState.PASSIVE
    session = client.open("lost")
    out = session.source("out")
    session.destination("other")
    incoming = session.destination("in")
    session.connect("lost:out", "lost:in", "transp 1")
    session.filter("lost:out", "lost:in", "transp 2")
    assert client.state is ClientState.ACTIVE
    tell("stop the server")
    wait_until("loss is seen", lambda: client.state is ClientState.EXCEPTION)
    assert not client.is_server_there()
    expect(ErrorKind.UNREACHABLE, lambda: session.connect("a", "b"))
    expect(ErrorKind.UNREACHABLE, lambda: client.open("another"))
    expect(ErrorKind.UNREACHABLE, lambda: session.server)
    assert not out.send(0x90, 1, 1) and not out.send_message(b"\xf0\xf7") and session.poll() == []
    came = []
    reader = threading.Thread(target=lambda: came.extend(some(session, 1)))
    reader.start()
    tell("start the server")
    wait_until("session is back", lambda: client.state is ClientState.ACTIVE)
    assert out.send(0x90, 60, 100)
    out.flush()
    reader.join(LIMIT_S)
    assert [line_of(event) for event in came] == ["keyon 62 100"] and incoming.index == 1
    client.close()
    assert states == [ClientState.ACTIVE, ClientState.EXCEPTION, ClientState.ACTIVE, ClientState.PASSIVE]


TESTS = {"send": should_send_and_receive, "tap": should_tap, "kinds": should_send_every_kind,
         "dates": should_keep_to_dates,
         "sysex": should_carry_sysex, "several": should_have_several_sessions, "no": should_say_no,
         "full": should_refuse_when_full, "two": should_not_deadlock, "wrong": should_survive_a_handler_that_fails,
         "many": should_answer_many_senders, "bare": should_work_without_futex, "interrupt": should_be_interrupted,
         "nothing": should_leave_nothing_behind, "kicked": should_stay_ended_when_kicked,
         "lost": should_go_on_in_another_server}


def main():
    warnings.simplefilter("error")
    socket, test = sys.argv[1:]
    with Client("test", Options(socket, starts_server=False)) as client:
        TESTS[test](client)
    print("done")


main()
