"""Errors carry their exit code, and lead to the nearest known word."""

import pickle

import pytest

from sagstjek import errors
from sagstjek.errors import DocumentError, ExitCode, SagstjekError, TableError, nearest
from sagstjek.shapes import Reason

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, SagstjekError)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_has_a_code_and_stands_in_the_tree(kind):
    assert kind.exit_code in ExitCode
    assert kind.__name__ in errors.__doc__


def test_a_table_error_names_the_place_that_there_is():
    assert str(TableError("r.csv", 3, "hired", "x", "is no date.")) == (
        "r.csv, line 3, column 'hired', value 'x': is no date."
    )
    assert str(TableError("r.csv", 0, "", "", "has no rows.")) == "r.csv: has no rows."


def test_a_document_error_survives_a_process_and_says_no_more_than_its_reason():
    again = pickle.loads(pickle.dumps(DocumentError(Reason.ENCRYPTED)))
    assert again.reason is Reason.ENCRYPTED
    assert str(again) == "encrypted"


def test_nearest_is_spelled_as_it_is_known():
    assert nearest("ansaetelsesdato", ["Navn", "Ansættelsesdato"]) == " (did you mean 'Ansættelsesdato'?)"
    assert nearest("zzz", ["Navn"]) == ""
    assert nearest("x", []) == ""
