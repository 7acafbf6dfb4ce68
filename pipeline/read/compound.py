"""Compound files (MS-CFB), the shell of doc, xls, ppt and msg: is all of it there?"""

import io

import olefile


def is_whole(data: bytes) -> bool:
    """Return whether every stream that the directory lists can be read to its end."""
    try:
        with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT) as ole:
            return all(len(ole.openstream(path).read()) == ole.get_size(path) for path in ole.listdir(streams=True))
    except Exception:  # noqa: BLE001 - olefile raises many kinds for a broken file
        return False
