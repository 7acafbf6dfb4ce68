"""The document type that a person chose in a cell."""

from connectors.cells import heading_key
from connectors.tables import Row
from sagstjek.errors import nearest
from sagstjek.taxonomy import taxonomy


def chosen_type(row: Row, column: str) -> str:
    """Return the code of the type named in a cell, in Danish, English or as code; empty for an empty cell.

    Raises:
        TableError: it names none.
    """
    written = row.text(column)
    if not written:
        return ""
    known = {heading_key(word): kind.code for kind in taxonomy().values() for word in (kind.name, kind.en, kind.code)}
    code = known.get(heading_key(written))
    if code is None:
        hint = nearest(written, (kind.name for kind in taxonomy().values()))
        raise row.wrong(column, f"is not a document type{hint}. Choose one on the list.")
    return code
