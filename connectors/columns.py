"""The columns of every table that we are given, and what else they may be called.

This is the one list of aliases; `docs/files.md` repeats it for people. A heading fits whatever its case,
spaces, hyphens, dots and underscores, and whether it has æøå or ae/oe/aa.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what else its heading may be, and whether a table without it is refused."""

    aliases: tuple[str, ...] = ()
    required: bool = False


INDEX: Final = {
    "document_id": Column(
        ("Dokument-ID", "Dok-ID", "Dokumentnr.", "Dokumentnummer", "Akt-ID", "Aktnr."), required=True
    ),
    "case_id": Column(("Sags-ID", "Sagsnr.", "Sagsnummer", "Case number")),
    "case_cpr": Column(("CPR", "CPR-nr.", "CPR-nummer", "Personnummer", "Sagens CPR", "Sags-CPR")),
    "case_title": Column(("Sagstitel", "Sagsnavn")),
    "title": Column(("Titel", "Dokumenttitel", "Document title", "Emne", "Overskrift")),
    "path": Column(("Sti", "Filsti", "Relativ sti", "Fil", "File", "File path"), required=True),
    "journal_date": Column(("Journaldato", "Journaliseringsdato", "Journaliseret", "Registreringsdato")),
    "document_date": Column(("Dokumentdato", "Brevdato", "Dato", "Date")),
    "direction": Column(("Retning", "Dokumentretning")),
    "folder": Column(("Delforløb", "Mappe", "Mappenavn", "Folder title")),
}
"""`index.csv` of an export folder."""

ROSTER: Final = {
    "cpr": Column(("CPR-nr.", "CPR-nummer", "Personnummer"), required=True),
    "name": Column(("Navn", "Medarbejdernavn", "Medarbejder", "Fulde navn", "Full name"), required=True),
    "hired": Column(
        ("Ansat", "Ansat den", "Ansat fra", "Ansættelsesdato", "Tiltrådt", "Tiltrædelsesdato", "Hire date"),
        required=True,
    ),
    "left": Column(("Fratrådt", "Fratrådt den", "Fratrædelsesdato", "Ansat til", "Leave date")),
    "employment_id": Column(
        (
            *("Ansættelses-ID", "Ansættelse-ID", "Tjenestenr.", "Tjenestenummer", "Medarbejdernr."),
            *("Medarbejdernummer", "Lønnr.", "Lønnummer"),
        )
    ),
    "email": Column(("E-mail", "Mail", "Mailadresse", "E-mailadresse", "Medarbejders e-mail", "Employee email")),
    "unit": Column(("Enhed", "Afdeling", "Arbejdssted", "Tjenestested", "Institution", "Unit name")),
    "manager": Column(("Leder", "Nærmeste leder", "Ledernavn", "Leders navn", "Chef")),
    "manager_email": Column(("Leder e-mail", "Leders e-mail", "Ledermail", "Leders mail", "Nærmeste leders e-mail")),
    "position": Column(("Stilling", "Stillingsbetegnelse", "Position name", "Job title")),
    "position_group": Column(("Stillingsgruppe", "Personalegruppe")),
    "employment_form": Column(("Ansættelsesform",)),
    "citizenship": Column(("Statsborgerskab",)),
    "case_id": Column(("Sags-ID", "Sagsnr.", "Sagsnummer", "Personalesag", "Case number")),
}
"""The list of employments from payroll."""

LABELS: Final = {
    "document_id": Column(INDEX["document_id"].aliases),
    "path": Column(INDEX["path"].aliases),
    "part": Column(("Del", "Delnr.")),
    "first_page": Column(("Første side", "Fra side")),
    "last_page": Column(("Sidste side", "Til side")),
    "type": Column(("Dokumenttype", "Document type"), required=True),
    "cpr": Column(ROSTER["cpr"].aliases),
    "member": Column(("Medlem", "Vedhæftning")),
}
"""Labels for training and evaluation; a row has a document_id or a path."""
