"""Addresses of files: paths of this machine and its shares, or fsspec addresses (`s3://...`)."""

import os
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final

_DRIVE: Final = re.compile(r"[A-Za-z]:")


def is_remote(address: str | Path) -> bool:
    """Return whether fsspec must open it."""
    return "://" in str(address)


def shown(address: str | Path) -> str:
    """Return an address for messages: without user and password.

    >>> shown("ftp://me:secret@host/export")
    'ftp://host/export'
    """
    scheme, sign, rest = str(address).partition("://")
    return f"{scheme}{sign}{rest.rpartition('@')[2] if sign else rest}"


def within(address: str, path: str) -> str:
    """Return the address of a path below an address, also below a chained one.

    >>> within("/export", "files/1.pdf"), within("zip://::s3://bucket/export.zip", "files/1.pdf")
    ('/export/files/1.pdf', 'zip://files/1.pdf::s3://bucket/export.zip')
    """
    head, chained, tail = address.partition("::") if is_remote(address) else (address, "", "")
    return f"{head}{'' if head.endswith('/') else '/'}{path}{chained}{tail}"


def relative_path(written: str) -> str | None:
    r"""Return a path with `/` between its parts, or None when it is absolute or leaves its folder.

    >>> relative_path("files\\12\\1.pdf"), relative_path("../secret"), relative_path("C:/x")
    ('files/12/1.pdf', None, None)
    """
    path = written.replace("\\", "/")
    parts = [part for part in path.split("/") if part not in {"", "."}]
    if path.startswith("/") or _DRIVE.match(path) or ".." in parts or not parts:
        return None
    return "/".join(parts)


def stays_inside(root: str, path: str) -> bool:
    """Return whether a relative path stays below a local folder when its links are followed."""
    folder, _, name = path.rpartition("/")
    real = Path(_real(f"{root}/{folder}"), name)
    if real.is_symlink():
        real = Path(_real(str(real)))
    return real.is_relative_to(_real(root))


@lru_cache(maxsize=65536)
def _real(path: str) -> str:
    """Return a path without links; remembered, for a folder holds many documents and a share answers slowly."""
    return os.path.realpath(path)


def as_spelled(path: str) -> Path:
    """Return a local path as the disk spells it: archives made on a Mac hold å as two characters."""
    if not path.isascii() and not os.path.lexists(path):
        for form in ("NFD", "NFC"):
            other = unicodedata.normalize(form, path)
            if os.path.lexists(other):
                return Path(other)
    return Path(path)
