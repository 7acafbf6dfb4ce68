"""Parts for a person to decide, as a workbook to answer in; and the answers. Text is never a formula."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from connectors.columns import Column
from connectors.tables import read_table
from jobs.chosen import chosen_type
from jobs.learning import Seen
from jobs.report.book_style import make_style
from jobs.report.workbook import cell_text
from sagstjek.errors import ConnectorError
from sagstjek.taxonomy import taxonomy

_HEADINGS: Final = {
    "document_id": ("Dokument", 16),
    "part": ("Del", 6),
    "case_id": ("Sag", 16),
    "title": ("Titel", 40),
    "pages": ("Sider", 9),
    "path": ("Fil", 40),
    "said": ("Maskinens bud", 30),
    "sure": ("Sikkerhed", 10),
    "others": ("Kan også være", 44),
    "type": ("Rigtig type", 30),
}
_WRONG: Final = "Vælg en type på listen."
_ANSWER: Final = "type"
_LISTED: Final = 4


def write_questions(path: Path, parts: Sequence[Seen]) -> None:
    """Write the workbook; it is there whole or not at all, and readable by its owner alone.

    Raises:
        ConnectorError: the disk does not take it.
    """
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as private:
            new = Path(private) / path.name
            _write(new, parts)
            new.chmod(0o600)
            new.replace(path)
    except (OSError, FileCreateError) as error:
        advice = "Close it elsewhere, free space on the disk, or name another place."
        raise ConnectorError(f"{path}: cannot be written ({type(error).__name__}). {advice}") from None


def _write(new: Path, parts: Sequence[Seen]) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(new), options) as file:
        style = make_style(file)
        sheet = file.add_worksheet("Afgør")
        types = file.add_worksheet("Typer")
        types.hide()
        names = sorted(kind.name for kind in taxonomy().values())
        types.write_column(0, 0, names)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(parts)), len(_HEADINGS) - 1)
        for at, (heading, width) in enumerate(_HEADINGS.values()):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, heading, style.answer_head if at == len(_HEADINGS) - 1 else style.head)
        for line, seen in enumerate(parts, 1):
            for at, text in enumerate(_cells(seen)):
                sheet.write_string(line, at, cell_text(text), style.text)
            sheet.write_blank(line, len(_HEADINGS) - 1, None, style.answer)
        choice = {"validate": "list", "source": f"=Typer!$A$1:$A${len(names)}", "error_message": _WRONG}
        sheet.data_validation(1, len(_HEADINGS) - 1, max(1, len(parts)), len(_HEADINGS) - 1, choice)


def _cells(seen: Seen) -> list[str]:
    part, document = seen.part, seen.document
    pages = f"{part.first_page}-{part.last_page}" if part.first_page else ""
    others = [taxonomy()[code].name for code in part.candidates if code != part.type]
    shown = ", ".join(others[:_LISTED]) + (" ..." if len(others) > _LISTED else "")
    path = f"{document.path}/{part.member}" if part.member else document.path
    name, sure = taxonomy()[part.type].name, f"{100 * part.confidence:.0f} %"
    return [document.document_id, str(part.number), document.case_id, document.title, pages, path, name, sure, shown]


def read_decisions(path: Path) -> Mapping[tuple[str, int], str]:
    """Return the types that a person chose, by document and number of the part; rows left open are passed over.

    Raises:
        TableError: no table, a number that is none, or a type that is none; names row and value.
    """
    columns = {name: Column((_HEADINGS[name][0],), required=True) for name in ("document_id", "part", _ANSWER)}
    answers = {}
    for row in read_table(path, columns):
        code = chosen_type(row, _ANSWER)
        if code:
            answers[row.needed("document_id"), row.count("part") or 1] = code
    return answers
