"""OLE compound files, the shell of .doc and .msg."""

import io
from collections.abc import Mapping

from extract_msg.ole_writer import OleWriter


def write_ole(streams: Mapping[str, bytes], clsid: bytes) -> bytes:
    """Return a compound file with these streams; `/` in a name makes storages. Same input, same bytes."""
    writer = OleWriter(clsid)
    for name, data in streams.items():
        writer.addEntry(name.split("/"), data)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
