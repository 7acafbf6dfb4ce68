"""No log line, ours or a library's, holds a CPR number or the text of an exception."""

import logging

import pytest

from sagstjek.logs import event, set_up


@pytest.fixture
def lines(capsys):
    before = logging.getLogger().handlers[:]

    def written():
        return capsys.readouterr().err

    yield written
    logging.getLogger().handlers[:] = before


def test_what_looks_like_a_number_is_masked(lines):
    set_up()
    logging.getLogger("library").warning("file %s and %s", "251248-9996.pdf", 2512489996)
    assert lines().endswith("file 251248-XXXX.pdf and 251248-XXXX\n")


def test_texts_of_exceptions_are_withheld(lines):
    set_up()
    try:
        raise ValueError("Nancy Berggren")
    except ValueError:
        logging.getLogger("library").exception("it failed")
    written = lines()
    assert "it failed (ValueError; text withheld)" in written
    assert "Nancy" not in written


@pytest.mark.parametrize("verbose", [True, False])
def test_events_are_shown_when_asked_for(lines, verbose):
    set_up(verbose=verbose)
    event("batch_done", documents=16, seconds=1.5)
    assert ('batch_done {"documents": 16, "seconds": 1.5}' in lines()) is verbose


def test_only_listed_keys():
    with pytest.raises(KeyError, match="title"):
        event("read", title="Kære Nancy")
