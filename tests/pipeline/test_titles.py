"""Titles name a type, or nothing."""

import pytest

from pipeline.titles import titled_as, wrongly_titled
from sagstjek.shapes import Part, Reason, Status, unreadable
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


ACCEPTED = {"confidence": 0.99, "status": Status.ACCEPTED}


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ((Part(1, type="loenseddel", candidates=("loenseddel",), **ACCEPTED),), {1: "ansaettelsesbrev"}),
        ((Part(1, type="loenseddel", candidates=("loenseddel", "ansaettelsesbrev"), **ACCEPTED),), {}),
        ((Part(1, type="loenseddel", candidates=("loenseddel",)),), {}),
        ((Part(1, type="ansaettelsesbrev", **ACCEPTED), Part(2, type="cv", **ACCEPTED)), {}),
        ((Part(1, type="cv", **ACCEPTED), unreadable(2, Reason.DAMAGED)), {}),
    ],
)
def test_content_against_title(parts, found):
    assert wrongly_titled("Ansættelsesbrev", parts) == found
    assert wrongly_titled("Scan", parts) == {}


def test_every_type_can_be_named():
    for kind in taxonomy().values():
        if kind.code != "andet":
            assert titled_as(kind.name.split("/")[0].lower()) in {kind.code, ""}
