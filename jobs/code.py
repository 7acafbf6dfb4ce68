"""Which code is this? A digest over our own files, to find a worker that runs another."""

import hashlib
from functools import cache
from importlib.metadata import packages_distributions
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

OURS: Final = ("sagstjek", "models", "pipeline", "connectors", "jobs")
_LEFT_OUT: Final = frozenset({"__pycache__", "corpus"})


@cache
def code_digest() -> str:
    """Return a digest (16 hexadecimal digits) of every source and data file of the five packages."""
    digest = hashlib.sha256()
    for package in OURS:
        _add(files(package), package, digest)
    return digest.hexdigest()[:16]


def _add(folder: Traversable, name: str, digest: "hashlib._Hash") -> None:
    for item in sorted(folder.iterdir(), key=lambda i: i.name):
        if item.name in _LEFT_OUT or item.name.startswith("."):
            continue
        if item.is_dir():
            _add(item, f"{name}/{item.name}", digest)
        else:
            digest.update(f"{name}/{item.name}\0".encode())
            digest.update(hashlib.sha256(item.read_bytes()).digest())


def foreign_names() -> dict[str, list[str]]:
    """Return which of our five import names another installed distribution claims too, and which."""
    owners = packages_distributions()
    found = {name: sorted(set(owners.get(name, ())) - {"sagstjek"}) for name in OURS}
    return {name: others for name, others in found.items() if others}
