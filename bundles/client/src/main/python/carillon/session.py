"""A program's place in the server: its ports, what it sends, what it receives."""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import Callable, Iterator, List, Optional, Type, TypeVar

from . import control
from .error import Error, ErrorKind
from .event import DEFERRED_TASK, TASK, Event, task
from .link import Link, Options, SessionLink
from .port import Destination, Port, Source
from .receiver import NORMAL, Receiver
from .server_view import ServerView
from .starter import Starter
from .wishes import Wishes

T = TypeVar("T")

_SLEEP_LIMIT_NS = 1_000_000_000
_FIRST_RETRY_S = 0.02
_LAST_RETRY_S = 1.0
_ENDS = ("kicked", "violated", "exceeded")


class Session:
    """Made by `Client.open`. One thread at a time receives: by `poll`, by iteration or by a `Receiver`; everything
    else may be called by any thread, any number at once.

    When the server is lost, sending returns False and every other call raises UNREACHABLE at once; when one is back,
    the session goes on in it with the same ports, connections and filters. A session that the server has ended for a
    reason stays ended. A context manager: its end closes it.
    """

    def __init__(self, client_name: str, options: Options, name: str, to_server_capacity: int,
                 to_client_capacity: int, changed: Callable[[], None]) -> None:
        self.name = name
        self._client_name = client_name
        self._options = options
        self._capacities = (to_server_capacity, to_client_capacity)
        self._changed = changed
        self._wishes = Wishes()
        self._retry = threading.Event()
        self._idle = threading.Event()  # slept on while there is no link, whose word would be there for it
        self._is_woken = False
        self._is_closed = False
        self._closing = threading.Lock()
        self._sending = threading.Lock()
        self._end_reason = ""
        self._link: Optional[SessionLink] = self._opened(Starter(client_name, options).connect())
        self._polled: Optional[SessionLink] = None  # the present life, or what is left of the last one
        self._watcher = threading.Thread(target=self._watch, name=f"carillon-watch-{name}", daemon=True)
        self._watcher.start()

    @property
    def id(self) -> int:
        """Number of the session, unique in this run of the server."""
        return self._reachable().memory.session_id

    @property
    def is_reachable(self) -> bool:
        """Whether the server is there."""
        return self._link is not None

    @property
    def life(self) -> Optional[object]:
        """What is another after each loss, and None in between: events of one message must go into one life."""
        return self._link

    @property
    def is_closed(self) -> bool:
        """Whether `close` was called."""
        return self._is_closed

    @property
    def end_reason(self) -> str:
        """Why the server ended the session for good, in a word; empty while it has not."""
        return self._end_reason

    @property
    def server(self) -> ServerView:
        """The server as it shows itself; after a loss ask for it anew."""
        return self._reachable().link.view

    def source(self, port: str) -> Source:
        """Publishes a source; its full name is session:port."""
        source = Source(self, port)
        self._wish(source.publish, lambda: self._wishes.ports.append(source))
        return source

    def destination(self, port: str, whole_notes: bool = False) -> Destination:
        """Publishes a destination. With whole_notes, notes with duration come whole, else as note-on and note-off."""
        destination = Destination(self, port, whole_notes)
        self._wish(destination.publish, lambda: self._wishes.ports.append(destination))
        return destination

    def remove(self, port: Port) -> None:
        """Takes a port away; connections wait for its name. The object sends nothing any more."""
        self._wish(lambda server: server.removePort(control.PortId(port.id)), lambda: self._wishes.ports.remove(port))

    def connect(self, source: str, destination: str, filter: str = "", allow_loop: bool = False) -> int:
        """Connects two ports by their full names; they need not be there. A connection of a port of this
        session ends with it; others are remembered, and one that is there gets the filter. Returns its number.

        filter: filter words, such as "ch 1 transp 12"; empty for none.
        """
        wanted = control.NewConnection(source, destination, filter, allow_loop)
        return self._wish(lambda server: self._made(server, wanted), lambda: self._wishes.connect(wanted))

    def disconnect(self, source: str, destination: str) -> None:
        """Ends a connection: what it started is released."""
        self._wish(lambda server: server.disconnect(control.Ends(source, destination)),
                   lambda: self._wishes.disconnect(source, destination))

    def tap(self, of_destination: bool, port: str, destination: str, filter: str = "") -> int:
        """Copies what comes from a source, or what goes to a destination, to a destination of this session: for
        looking, not for sounding. It holds nobody back and ends with the session. Returns its number."""
        wanted = control.NewTap(of_destination, port, destination, filter)
        return self._wish(lambda server: server.tap(wanted).connectionId, lambda: self._wishes.tap(wanted))

    def untap(self, of_destination: bool, port: str, destination: str) -> None:
        """Ends a tap."""
        ends = control.TapEnds(of_destination, port, destination)
        self._wish(lambda server: server.untap(ends), lambda: self._wishes.untap(ends))

    def filter(self, source: str, destination: str, words: str) -> None:
        """Changes the filter of a connection; empty words for none."""
        change = control.ConnectionFilter(source, destination, words)
        self._wish(lambda server: server.filter(change), lambda: self._wishes.filter(change))

    def filter_destination(self, destination: str, words: str) -> None:
        """Changes the filter of a destination, which acts after those of its connections."""
        change = control.DestinationFilter(destination, words)
        self._wish(lambda server: server.filterDestination(change), lambda: self._wishes.filter_destination(change))

    def watch(self, changes: int) -> None:
        """Has changes told, as events of type CHANGE among the others: a sum of WATCH_PORTS and so on; 0 ends it."""
        self._wish(lambda server: server.watch(control.Watch(changes)), lambda: self._wishes.watch(changes))

    def panic(self) -> None:
        """Silences everything in the server; connections stay."""
        self._reachable().link.ask(lambda server: server.panic(control.Nothing()))

    def ask(self, asking: Callable[[control.ControlClient], T]) -> T:
        """Asks anything that the schema knows, over the session's own connection."""
        return self._reachable().link.ask(asking)

    def schedule(self, deadline_ns: int, what: int, argument1: int = 0, argument2: int = 0, argument3: int = 0) -> int:
        """An event of type TASK that comes back to this session at its date, server time in nanoseconds; its words
        are any 64-bit numbers. Returns a handle for `cancel`."""
        wanted = control.NewTask(deadline_ns, what, argument1, argument2, argument3)
        return self.ask(lambda server: server.schedule(wanted)).handle

    def cancel(self, handle: int) -> bool:
        """Takes a task back; False when it has run or never was."""
        return self.ask(lambda server: server.cancel(control.TaskHandle(handle))).wasThere

    def send_task(self, deadline_ns: int, what: int, argument1: int = 0, argument2: int = 0, argument3: int = 0,
                  deferred: bool = False) -> bool:
        """A task without a request and without a handle: it goes with the events. False when the ring is full."""
        kind = DEFERRED_TASK if deferred else TASK
        return self.offer(task(deadline_ns, what, argument1, argument2, argument3, kind))

    def offer(self, event: Event) -> bool:
        """Sends an event as it is, its source_id and all; sources do this for you. False when the ring is full."""
        with self._sending:
            link = self._link
            return link is not None and link.out.offer(event)

    def flush(self) -> None:
        """Wakes the server after a batch of sends. Forgetting this loses nothing: it only makes the batch late."""
        link = self._link
        if link is not None:
            link.kernel_word.ring()

    @property
    def refused(self) -> int:
        """Events that the ring to the server refused because it was full, since the last loss."""
        link = self._link
        return 0 if link is None else link.out.refused(0)

    def poll(self, limit: int = 64) -> List[Event]:
        """What has come for all destinations, tasks and changes, at most so many; empty when nothing waits. Does not
        wait. Receiving thread only."""
        polled = self._polled
        if polled is not self._link and (polled is None or polled.incoming.is_empty()):
            self._polled = polled = self._link
        if polled is None:
            return []
        events = polled.incoming.poll(limit)
        if not events and polled.incoming.fault is not None:
            polled.link.socket.end()  # a server that breaks the rules is none
            self._polled = None
        return events

    def wait(self, until_mono_ns: Optional[int] = None) -> None:
        """Sleeps until something has come, `wake` is called, the server is lost or back, or a time of
        time.monotonic_ns() is reached; at most a second, so call it again and again. Receiving thread only."""
        until = time.monotonic_ns() + _SLEEP_LIMIT_NS
        if until_mono_ns is not None:
            until = min(until, until_mono_ns)
        link = self._link
        if link is None:
            self._idle.wait(max(0, until - time.monotonic_ns()) / 1e9)
            self._idle.clear()
        else:
            link.client_word.arm()
            if link is self._link and not self._is_woken and link.incoming.is_empty() and self._is_read(link):
                link.client_word.sleep(until)
            link.client_word.disarm()
        self._is_woken = False

    def _is_read(self, present: SessionLink) -> bool:
        polled = self._polled
        return polled is None or polled is present or polled.incoming.is_empty()

    def wake(self) -> None:
        """Ends a `wait` of the receiving thread. Any thread."""
        self._is_woken = True
        link = self._link
        if link is not None:
            link.client_word.ring()
        self._idle.set()

    def events(self, limit_s: Optional[float] = None) -> Iterator[Event]:
        """Events as they come, until the session is closed or has ended for good, or no more than so many seconds
        after the call. While the server is unreachable it waits for its return. Receiving thread only."""
        until = None if limit_s is None else time.monotonic_ns() + int(limit_s * 1e9)
        while True:
            events = self.poll()
            yield from events
            if not events:
                if self._is_closed or self._end_reason or (until is not None and time.monotonic_ns() >= until):
                    return
                self.wait(until)

    def __iter__(self) -> Iterator[Event]:
        return self.events()

    def receive(self, handler: Callable[[Event], object], priority: int = NORMAL) -> Receiver:
        """Hands events to a function as they come, on a thread of its own that sleeps in between."""
        return Receiver(self, handler, priority)

    def retry(self) -> None:
        """Looks for a lost server at once, and not only after the pause between two looks. Any thread."""
        self._retry.set()

    def close(self) -> None:
        """Ends the session: what was sent is read by the server to its end, its ports go, what its connections started
        is released. Any thread; a second call does nothing."""
        with self._closing:
            if self._is_closed:
                return
            self._is_closed = True
        link = self._link
        if link is not None:
            try:
                link.link.ask(lambda server: server.closeSession(control.Nothing()))
            except Error:
                pass  # the server is gone: so is the session
            link.link.socket.end()
        self._retry.set()
        if threading.current_thread() is not self._watcher:
            self._watcher.join()
        with self._wishes.lock:
            self._wishes.forget()
        self.wake()
        self._changed()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], error: Optional[BaseException],
                 trace: Optional[TracebackType]) -> None:
        self.close()

    def _opened(self, link: Link) -> SessionLink:
        return SessionLink(link, self.name, *self._capacities)

    def _reachable(self) -> SessionLink:
        if self._is_closed:
            raise Error(ErrorKind.REFUSED, f"session is closed: session={self.name}")
        link = self._link
        if link is not None:
            return link
        if self._end_reason:
            raise Error(ErrorKind.REFUSED,
                        f"server has ended the session: session={self.name}, reason={self._end_reason}")
        raise Error.unreachable(f"session={self.name}")

    def _wish(self, request: Callable[[control.ControlClient], T], note: Callable[[], None]) -> T:
        self._reachable()  # at once, also while another thread restores
        with self._wishes.lock:
            result = self._reachable().link.ask(request)
            note()
            return result

    def _made(self, server: control.ControlClient, wanted: control.NewConnection) -> int:
        try:
            return server.connect(wanted).connectionId
        except control.WireRefusal as e:
            ends = (wanted.source, wanted.destination)
            for each in self.server.connections():
                if e.code == ErrorKind.REFUSED.name and each.tap == 0 and (each.source, each.destination) == ends:
                    if each.filter != wanted.filter:
                        server.filter(control.ConnectionFilter(*ends, wanted.filter))
                    return each.id
            raise

    def _watch(self) -> None:
        link = self._link
        while link is not None:
            link.link.socket.await_end()
            self._end(link)
            if not self._is_closed:
                self._changed()
            link = None if self._is_closed or self._end_reason else self._another()

    def _end(self, link: SessionLink) -> None:
        state = link.memory.state
        if state in _ENDS:
            self._end_reason = state  # else the server has stopped, or died
        self._link = None
        link.link.socket.end()
        link.client_word.ring()
        self._idle.set()

    def _another(self) -> Optional[SessionLink]:
        """Waits for a server and goes on there; never starts one. None when the session was closed meanwhile."""
        pause_s = _FIRST_RETRY_S
        while not self._is_closed:
            try:
                link = self._opened(Link(self._client_name, self._options))
                try:
                    self._restore(link)
                    return link
                except Error:
                    link.link.socket.end()
            except Error:
                pass  # not yet
            if not self._is_closed and self._retry.wait(pause_s):
                self._retry.clear()
            pause_s = min(pause_s * 2, _LAST_RETRY_S)
        return None

    def _restore(self, link: SessionLink) -> None:
        with self._wishes.lock:
            link.link.ask(self._wishes.repeat)
            self._link = link
        if self._is_closed:
            link.link.socket.end()
        self.wake()
        self._changed()
