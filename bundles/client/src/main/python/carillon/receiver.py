"""A thread that receives a session's events as they come, and sleeps in between."""

from __future__ import annotations

import logging
import os
import threading
from types import TracebackType
from typing import TYPE_CHECKING, Callable, Optional, Type

from .event import Event

if TYPE_CHECKING:
    from .session import Session

NORMAL = 0

_LIMIT = 64


class Receiver:
    """Made by `Session.receive`. An exception out of the handler is logged, its event is lost, and the thread goes on;
    it ends with the session. A context manager: its end closes it.

    priority: NORMAL, or 1 to 99 for SCHED_FIFO where this is permitted; below 80, the server's own. A thread of Python
    waits for the interpreter while another one has it, whatever its priority: up to sys.getswitchinterval().
    """

    def __init__(self, session: Session, handler: Callable[[Event], object], priority: int = NORMAL) -> None:
        self.is_real_time = False  # whether real-time priority was granted
        self._session = session
        self._handler = handler
        self._priority = priority
        self._is_closed = False
        self._thread = threading.Thread(target=self._run, name=f"carillon-receive-{session.name}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Ends the thread, when the handler has returned. Any thread, the handler's own included."""
        self._is_closed = True
        self._session.wake()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def __enter__(self) -> Receiver:
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], error: Optional[BaseException],
                 trace: Optional[TracebackType]) -> None:
        self.close()

    def _run(self) -> None:
        self._ask_for_priority()
        poll, handler = self._session.poll, self._handler
        while not self._is_closed:
            events = poll(_LIMIT)
            for event in events:
                try:
                    handler(event)
                except Exception:  # whatever it is, the other events are still to come
                    logging.getLogger("carillon").exception("handler failed, its event is lost: session=%s",
                                                            self._session.name)
            if not events and not self._is_closed:
                if self._session.is_closed or self._session.end_reason:
                    return
                self._session.wait()

    def _ask_for_priority(self) -> None:
        if self._priority <= NORMAL:
            return
        try:
            os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(self._priority))
            self.is_real_time = True
        except OSError as e:
            logging.getLogger("carillon").info("no real-time priority: session=%s, reason=%s", self._session.name,
                                               e.strerror)
