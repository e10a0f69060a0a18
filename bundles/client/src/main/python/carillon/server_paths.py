"""Where a server's socket is, the same for server and clients."""

from __future__ import annotations

import os
import stat
from typing import List

from .error import Error, ErrorKind

VARIABLE = "CARILLON_SERVER"
SOCKET = "control"
STARTER_ENDING = ".starter"


def find_socket() -> str:
    """Path of the socket: what CARILLON_SERVER says, else `control` in $XDG_RUNTIME_DIR/carillon, /run/carillon or the
    user's own folder in the temporary directory; the first that is there, or the one that a server of this user would
    make."""
    named = os.environ.get(VARIABLE, "")
    if named:
        return os.path.abspath(named)
    candidates = _candidates()
    there = [each for each in candidates if os.path.exists(each)]
    possible = [each for each in candidates if _may_hold(each)]
    return (there + possible + candidates[-1:])[0]


def _candidates() -> List[str]:
    folders = [os.path.join("/run", "carillon"), os.path.join("/tmp", f"carillon-{os.geteuid()}")]
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime:
        folders.insert(0, os.path.join(runtime, "carillon"))
    return [os.path.join(folder, SOCKET) for folder in folders]


def _may_hold(socket: str) -> bool:
    folder = os.path.dirname(socket)
    return os.access(folder if os.path.isdir(folder) else os.path.dirname(folder), os.W_OK)


def check_folder(socket: str) -> None:
    """Only the server's user may be able to put a socket where we look for it.

    Raises Error: UNREACHABLE where there is no folder, REFUSED where others can write to it.
    """
    folder = os.path.dirname(os.path.abspath(socket))
    try:
        status = os.lstat(folder)
    except OSError as e:
        raise Error.of_system("lstat", f"socket={socket}", e) from None
    is_own = stat.S_ISDIR(status.st_mode) and status.st_uid in (os.geteuid(), 0)
    if not is_own or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise Error(ErrorKind.REFUSED,
                    f"folder of a server's socket must be writable for its owner alone: folder={folder}")
