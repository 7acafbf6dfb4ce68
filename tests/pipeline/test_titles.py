"""Titles name a type, or nothing."""

import pytest

from pipeline.titles import titled_as
from sagstjek.taxonomy import taxonomy


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Skriftlig advarsel", "advarsel"),
        ("Tillæg til ansættelsesbrev", "ansaettelsestillaeg"),
        ("Ansættelsesbrev_Jens", "ansaettelsesbrev"),
        ("Referat af tjenstlig samtale", "tjenstlig_samtale"),
        ("Ansøgning om orlov", "orlov"),
        ("Partshøring - påtænkt afsked", "partshoering"),
        ("Scan0012", ""),
        ("Opsigelse", ""),
        ("CV og ansøgning", ""),
        ("Blanket børneattest", ""),
        ("Pension?", ""),
        ("", ""),
    ],
)
def test_what_a_title_says(title, code):
    assert titled_as(title) == code


def test_every_type_can_be_named():
    for kind in taxonomy().values():
        if kind.code != "andet":
            assert titled_as(kind.name.split("/")[0].lower()) in {kind.code, ""}
