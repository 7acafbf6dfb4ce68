"""ZIP archives: several files in one, with a password or without, and OOXML packages made repeatable."""

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from random import Random

_EPOCH = (1980, 1, 1, 0, 0, 0)  # MS-DOS time cannot go further back
_NO_TIME, _NO_DATE = 0, 0x21
_ENCRYPTED, _UTF8 = 0x1, 0x800


def write_zip(members: Sequence[tuple[str, bytes]]) -> bytes:
    """Return an archive of these named files; same input, same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return stream.getvalue()


def settle(package: bytes) -> bytes:
    """Return a ZIP package (docx, xlsx) with the time of writing taken out of it."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return write_zip([(info.filename, archive.read(info)) for info in archive.infolist()])


def lock_zip(members: Sequence[tuple[str, bytes]], password: str, rng: Random) -> bytes:
    """Return an archive whose files need a password: PKWARE's traditional encryption.

    Source: APPNOTE.TXT, section 6.1. The standard library only reads such archives.
    """
    body, index = bytearray(), bytearray()
    for name, data in members:
        written = name.encode()
        packed = zlib.compress(data, 6)[2:-4]  # bare deflate, without the frame of zlib
        crc = zlib.crc32(data)
        sealed = _seal(rng.randbytes(11) + bytes([crc >> 24]) + packed, password.encode())
        shared = struct.pack(
            "<HHHHHLLLHH",
            20,
            _ENCRYPTED | _UTF8,
            zipfile.ZIP_DEFLATED,
            _NO_TIME,
            _NO_DATE,
            crc,
            len(sealed),
            len(data),
            len(written),
            0,
        )
        index += b"PK\x01\x02" + struct.pack("<H", 20) + shared
        index += struct.pack("<HHHLL", 0, 0, 0, 0, len(body)) + written
        body += b"PK\x03\x04" + shared + written + sealed
    count = len(members)
    end = struct.pack("<HHHHLLH", 0, 0, count, count, len(index), len(body), 0)
    return bytes(body) + bytes(index) + b"PK\x05\x06" + end


def _seal(plain: bytes, password: bytes) -> bytes:
    keys = [0x12345678, 0x23456789, 0x34567890]
    for byte in password:
        _turn(keys, byte)
    sealed = bytearray()
    for byte in plain:
        salt = (keys[2] | 2) & 0xFFFF
        sealed.append(byte ^ ((salt * (salt ^ 1)) >> 8 & 0xFF))
        _turn(keys, byte)
    return bytes(sealed)


def _turn(keys: list[int], byte: int) -> None:
    keys[0] = _crc(keys[0], byte)
    keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
    keys[2] = _crc(keys[2], keys[1] >> 24)


def _crc(value: int, byte: int) -> int:
    """Return one step of CRC-32 without the inversions that `zlib` wraps around it."""
    return zlib.crc32(bytes([byte]), value ^ 0xFFFFFFFF) ^ 0xFFFFFFFF
