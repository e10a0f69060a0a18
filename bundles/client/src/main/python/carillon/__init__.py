"""Carillon for Python 3.9 and newer, on the standard library alone.

    from carillon import Client

    with Client("player") as client, client.open("player") as session:
        out = session.source("out")
        session.connect("player:out", "synth:in")
        out.send(0x90, 60, 100)                                                   # now
        out.send(0x80, 60, 0, session.server.clock.now_ns() + 500_000_000)        # in half a second
        out.flush()

Dates are server time in nanoseconds (`session.server.clock`), 0 means now. Time limits end in _s and are seconds.
"""

from .client import Client, ClientState
from .error import Error, ErrorKind
from .event import Change, Event, SysexAssembler, WATCH_CONNECTIONS, WATCH_PORTS, WATCH_SESSIONS
from .link import Options
from .port import Destination, Port, Source
from .receiver import Receiver
from .server_paths import find_socket
from .server_view import ConnectionInfo, PortInfo, ServerView
from .session import Session

__version__ = "0.1.0"
__all__ = ["Change", "Client", "ClientState", "ConnectionInfo", "Destination", "Error", "ErrorKind", "Event", "Options",
           "Port", "PortInfo", "Receiver", "ServerView", "Session", "Source", "SysexAssembler", "WATCH_CONNECTIONS",
           "WATCH_PORTS", "WATCH_SESSIONS", "find_socket"]
