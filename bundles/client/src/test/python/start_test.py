"""Programs that open sessions while no server is there. Arguments: the socket, and the command that starts a server."""

import os
import signal
import sys
import tempfile
import threading
import time
import warnings

from carillon import Client, ClientState, Error, ErrorKind, Options
from carillon.control import Nothing

LIMIT_S = 60
PROGRAMS = 3


def wait_until(what, condition):
    until = time.monotonic() + LIMIT_S
    while not condition():
        assert time.monotonic() < until, f"waited in vain until {what}"
        time.sleep(0.001)


def is_alive(process_id):
    try:
        with open(f"/proc/{process_id}/stat", encoding="utf-8") as status:
            return status.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def should_start_one_for_all(options):
    clients = [Client(f"program{i}", options) for i in range(PROGRAMS)]
    assert not clients[0].is_server_there()
    assert not os.path.exists(os.path.dirname(options.socket)), "asking leaves nothing"
    sessions = []
    threads = [threading.Thread(target=lambda i=i: sessions.append(clients[i].open(f"program{i}")))
               for i in range(PROGRAMS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    servers = {session.server.process_id for session in sessions}
    assert len(sessions) == PROGRAMS and len(servers) == 1, servers
    return sessions, clients, servers.pop()


def should_go_on_after_a_crash(options, sessions, clients, server):
    session, client = sessions[0], clients[0]
    out = session.source("out")
    session.destination("in")
    session.connect(out.name, f"{session.name}:in", "transp 1")
    os.kill(server, signal.SIGKILL)
    wait_until("the loss is seen", lambda: all(each.state is ClientState.EXCEPTION for each in clients))
    with Client("other", options) as other, other.open("other"):
        wait_until("all are back", lambda: all(each.state is ClientState.ACTIVE for each in clients))
        assert session.server.process_id != server
        assert out.send(0x90, 60, 100)
        out.flush()
        assert [event.data1 for event in session.events(limit_s=2) if event.status == 0x90] == [61]
        return session.server.process_id


def should_say_why_none_starts():
    with tempfile.TemporaryDirectory() as folder:
        command = os.path.join(folder, "no-server")
        with open(command, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\necho no server today >&2\nexit 3\n")
        os.chmod(command, 0o755)
        for named, word in ((command, "exitCode=3, itsLastWords=no server today"), ("/no/such", "No such file")):
            try:
                Client("unlucky", Options(os.path.join(folder, "carillon/control"), named)).open("unlucky")
                raise AssertionError("no error")
            except Error as e:
                assert e.kind is ErrorKind.FAILED and word in str(e), e


def main():
    warnings.simplefilter("error")
    options = Options(sys.argv[1], sys.argv[2], time_limit_s=20)
    should_say_why_none_starts()
    sessions, clients, server = should_start_one_for_all(options)
    try:
        server = should_go_on_after_a_crash(options, sessions, clients, server)
        for client in clients:
            client.close()
        wait_until("the server has ended after its last session", lambda: not is_alive(server))
        assert not clients[0].is_server_there()
    finally:
        if clients[0].is_server_there():
            clients[0].ask(lambda asked: asked.down(Nothing()))
    print("done")


main()
