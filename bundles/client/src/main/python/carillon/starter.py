"""Starts a server that ends after its last session, when a session is opened and nobody listens.

Of several programs that want one at the same time one starts it, who has the starter's lock; the others wait for it.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import subprocess
import tempfile
import threading
import time
from typing import IO, Optional

from . import server_paths
from .error import Error, ErrorKind
from .link import Link, Options

COMMAND_VARIABLE = "CARILLON_COMMAND"

_COMMAND = "carillon"
_LIMIT_S = 20.0
_LOOK_S = 0.01
_LAST_WORDS = 400


class Starter:
    """Connects a client; raises Error of kind FAILED when a server does not start."""

    def __init__(self, name: str, options: Options) -> None:
        self._name = name
        self._options = options
        self._until_s = time.monotonic() + _LIMIT_S

    def connect(self) -> Link:
        """Connects; starts a server first where nobody listens."""
        try:
            return Link(self._name, self._options)
        except Error as e:
            if e.kind is not ErrorKind.UNREACHABLE or not self._options.starts_server:
                raise
        folder = os.path.dirname(os.path.abspath(self._options.socket))
        path = self._options.socket + server_paths.STARTER_ENDING
        try:
            with contextlib.suppress(FileExistsError):
                os.mkdir(folder, 0o700)
            server_paths.check_folder(self._options.socket)
            lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        except OSError as e:
            raise Error.of_system("open", f"path={path}", e) from None
        try:
            return self._connect_with(lock, path)
        finally:
            os.close(lock)

    def _connect_with(self, lock: int, path: str) -> Link:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return self._look() or self._start()  # whoever had the lock before may have started one
            except BlockingIOError:
                link = self._look()
            if link is not None:
                return link
            if time.monotonic() > self._until_s:
                raise Error(ErrorKind.FAILED, f"another program has been starting one for too long: lock={path}")
            time.sleep(_LOOK_S)

    def _look(self) -> Optional[Link]:
        try:
            return Link(self._name, self._options)
        except Error as e:
            if e.kind is not ErrorKind.UNREACHABLE:
                raise
            return None

    def _start(self) -> Link:
        with tempfile.TemporaryFile() as said:
            server = self._process(said)
            while True:
                link = self._look()
                if link is not None:
                    return link
                is_late = time.monotonic() > self._until_s
                if is_late or server.poll() is not None:
                    if is_late:
                        server.terminate()
                    raise self._failure(f"exitCode={server.poll()}, itsLastWords={_last_words(said)}")
                time.sleep(_LOOK_S)

    def _command(self) -> str:
        return self._options.command or os.environ.get(COMMAND_VARIABLE, "") or _COMMAND

    def _process(self, said: IO[bytes]) -> subprocess.Popen[bytes]:
        """In a session of its own: what a terminal sends to this program is not for the server."""
        environment = dict(os.environ)
        environment[server_paths.VARIABLE] = os.path.abspath(self._options.socket)
        try:
            server = subprocess.Popen([self._command(), "up", "--on-demand"], stdin=subprocess.DEVNULL, stdout=said,
                                      stderr=subprocess.STDOUT, env=environment, start_new_session=True)
        except OSError as e:
            raise self._failure(f"reason={e.strerror}") from None
        # its end is nobody's business, but somebody has to take note of it
        threading.Thread(target=server.wait, name="carillon-server-end", daemon=True).start()
        return server

    def _failure(self, what: str) -> Error:
        return Error(ErrorKind.FAILED, f"server does not start: command={self._command()} up --on-demand, {what}")


def _last_words(said: IO[bytes]) -> str:
    said.seek(0)
    return said.read().decode("utf-8", "replace").strip().replace("\n", " ")[-_LAST_WORDS:]
