"""Makes the wheel that `pip install` of this folder asks for (PEP 517), out of files that lie here: nothing is
compiled, and nothing is fetched."""

from __future__ import annotations

import base64
import hashlib
import pathlib
import re
import zipfile
from typing import Any, List

_FOLDER = pathlib.Path(__file__).parent
_PACKAGE = "carillon"
_WHEEL = "Wheel-Version: 1.0\nGenerator: carillon\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def get_requires_for_build_wheel(config_settings: Any = None) -> List[str]:
    """Nothing."""
    return []


def build_wheel(wheel_directory: str, config_settings: Any = None, metadata_directory: Any = None) -> str:
    """Writes the wheel; returns the name of its file (format: PEP 427)."""
    source = (_FOLDER / _PACKAGE / "__init__.py").read_text("utf-8")
    version = re.findall(r'^__version__ = "(.+)"$', source, re.MULTILINE)[0]
    info = f"{_PACKAGE}-{version}.dist-info"
    about = (_FOLDER / "README.md").read_text("utf-8")
    files = {f"{_PACKAGE}/{path.name}": path.read_bytes() for path in sorted((_FOLDER / _PACKAGE).iterdir())
             if path.suffix in (".py", ".typed")}
    files[f"{info}/METADATA"] = (f"Metadata-Version: 2.1\nName: {_PACKAGE}\nVersion: {version}\n"
                                 "Summary: MIDI through the Carillon server: send, receive, connect, with dates\n"
                                 f"Requires-Python: >=3.9\nDescription-Content-Type: text/markdown\n\n{about}").encode()
    files[f"{info}/WHEEL"] = _WHEEL.encode()
    record = "".join(f"{name},{_hash(data)},{len(data)}\n" for name, data in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    wheel = f"{_PACKAGE}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(pathlib.Path(wheel_directory) / wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return wheel


def _hash(data: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
