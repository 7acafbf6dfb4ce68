"""Office files that nobody can open without a password."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method import ecma376_agile
from olefile import OleFileIO

from models.corpus.render.ole import write_ole


def lock_office(package: bytes, rng: Random, password: str) -> bytes:
    """Return an OOXML file (docx, xlsx) that asks for a password: agile encryption in a compound file."""
    stream = io.BytesIO()
    with _salted_by(rng):
        OOXMLFile(io.BytesIO(package)).encrypt(password, stream)
    with OleFileIO(stream.getvalue()) as ole:  # written anew: the library puts the time of writing in it
        streams = {"/".join(path): ole.openstream(path).read() for path in ole.listdir()}
    return write_ole(streams, bytes(16))


@contextmanager
def _salted_by(rng: Random) -> Iterator[None]:
    """Let the salts come from `rng`: the sample must be the same each time, and guards no secret."""
    kept = ecma376_agile._random_buffer  # noqa: SLF001
    ecma376_agile._random_buffer = rng.randbytes  # noqa: SLF001
    try:
        yield
    finally:
        ecma376_agile._random_buffer = kept  # noqa: SLF001
