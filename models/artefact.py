"""A model as a file: arrays and plain values, checked by its hash. No pickle: nothing in it can run.

Layout: `SAGSTJEK` + format number (1 byte) + SHA-256 of the rest (32 bytes) + a zip with `values.json`
and one `.npy` an array, stored with fixed dates so that the same model gives the same bytes.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sagstjek.errors import ModelError

_MAGIC: Final = b"SAGSTJEK"
_FORMAT: Final = 2
_DATE: Final = (1980, 1, 1, 0, 0, 0)
_ADVICE: Final = "Copy it again, or train a new one: sagstjek train."


@dataclass(frozen=True, slots=True)
class Artefact:
    """What a model consists of. `digest` is the SHA-256 of the file's content, hexadecimal."""

    values: Mapping[str, Any]
    arrays: Mapping[str, npt.NDArray[Any]] = field(repr=False)
    digest: str = ""


def write_artefact(artefact: Artefact) -> bytes:
    """Return the bytes of the file; the same artefact gives the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        text = json.dumps(artefact.values, ensure_ascii=False, sort_keys=True)
        archive.writestr(zipfile.ZipInfo("values.json", _DATE), text, zipfile.ZIP_DEFLATED)
        for name in sorted(artefact.arrays):
            buffer = io.BytesIO()
            np.save(buffer, artefact.arrays[name], allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _DATE), buffer.getvalue(), zipfile.ZIP_DEFLATED)
    body = stream.getvalue()
    return _MAGIC + bytes([_FORMAT]) + hashlib.sha256(body).digest() + body


def read_artefact(data: bytes) -> Artefact:
    """Return what is in the bytes of a model file.

    Raises:
        ModelError: it is no model file, of another format, or damaged.
    """
    if not data.startswith(_MAGIC) or len(data) < 41:
        raise ModelError(f"this is not a model file of sagstjek. {_ADVICE}")
    if data[8] != _FORMAT:
        raise ModelError(f"the model file has format {data[8]}, this version reads {_FORMAT}. {_ADVICE}")
    body = data[41:]
    digest = hashlib.sha256(body)
    if digest.digest() != data[9:41]:
        raise ModelError(f"the model file is damaged: its content does not fit its hash. {_ADVICE}")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        values = json.loads(archive.read("values.json"))
        arrays = {
            name.removesuffix(".npy"): np.load(io.BytesIO(archive.read(name)), allow_pickle=False)
            for name in archive.namelist()
            if name.endswith(".npy")
        }
    return Artefact(values, arrays, digest.hexdigest())
