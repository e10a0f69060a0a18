"""What a session has asked for and has not taken back: what another life of it asks for again."""

from __future__ import annotations

import logging
import threading
from typing import Callable, Dict, List, Tuple

from . import control
from .port import Port


class Wishes:
    """Under its lock."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.ports: List[Port] = []
        self._connections: Dict[Tuple[str, str], control.NewConnection] = {}
        self._taps: Dict[Tuple[bool, str, str], control.NewTap] = {}
        self._destination_filters: Dict[str, control.DestinationFilter] = {}
        self._changes = 0

    def connect(self, wanted: control.NewConnection) -> None:
        self._connections[wanted.source, wanted.destination] = wanted

    def disconnect(self, source: str, destination: str) -> None:
        self._connections.pop((source, destination), None)

    def tap(self, wanted: control.NewTap) -> None:
        self._taps[wanted.ofDestination, wanted.port, wanted.destination] = wanted

    def untap(self, ends: control.TapEnds) -> None:
        self._taps.pop((ends.ofDestination, ends.port, ends.destination), None)

    def filter(self, change: control.ConnectionFilter) -> None:
        """Only of a connection that this session has made."""
        made = self._connections.get((change.source, change.destination))
        if made is not None:
            made.filter = change.filter

    def filter_destination(self, change: control.DestinationFilter) -> None:
        self._destination_filters[change.destination] = change

    def watch(self, changes: int) -> None:
        self._changes = changes

    def forget(self) -> None:
        """There will be no other life. Ports know their session: without them, it goes with the last who has it."""
        self.ports.clear()

    def repeat(self, server: control.ControlClient) -> None:
        """Asks for everything once more. What the server refuses now of the wiring is left out: somebody else may have
        it."""
        for port in self.ports:
            port.publish(server)
        for made in self._connections.values():
            change = control.ConnectionFilter(made.source, made.destination, made.filter)
            if not _is_granted(lambda: server.connect(made)) and not _is_granted(lambda: server.filter(change)):
                _tell("connection", f"{made.source} {made.destination}")  # the server had not remembered it
        for tap in self._taps.values():
            if not _is_granted(lambda: server.tap(tap)):
                _tell("tap", tap.port)
        for filter in self._destination_filters.values():
            if not _is_granted(lambda: server.filterDestination(filter)):
                _tell("filter", filter.destination)
        if self._changes != 0:
            server.watch(control.Watch(self._changes))


def _is_granted(asking: Callable[[], object]) -> bool:
    try:
        asking()
        return True
    except control.WireRefusal:
        return False


def _tell(what: str, name: str) -> None:
    logging.getLogger("carillon").warning("not restored: %s=%s", what, name)
