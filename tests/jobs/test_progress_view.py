"""Progress for one who waits: on stderr, with what matters, whatever stderr is."""

import io
import sys

import pytest

from jobs import progress_view
from jobs.progress_view import LiveProgress, PlainProgress, open_progress
from sagstjek.progress import Step


def follow(progress):
    progress.start(4, 0)
    for step in (Step(3, seconds=0.5), Step(0, unreadable=True, seconds=0.1), Step(2, seconds=0.2), Step()):
        progress.advance(step)
    progress.stop()


def test_plain_lines_say_what_there_is_to_do_and_how_it_ended():
    stream = io.StringIO()
    follow(PlainProgress(stream))
    lines = stream.getvalue().splitlines()
    assert "4 documents" in lines[0]
    assert "4 of 4 documents, 5 pages" in lines[-1]
    assert "1 unreadable" in lines[-1]
    assert "left" not in lines[-1]


def test_plain_lines_come_now_and_then(monkeypatch):
    stream = io.StringIO()
    follow(PlainProgress(stream))
    few = len(stream.getvalue().splitlines())
    monkeypatch.setattr(progress_view, "_EVERY", 0.0)
    follow(PlainProgress(often := io.StringIO()))
    assert few < 4 < len(often.getvalue().splitlines())


def test_the_live_bar_shows_pages_and_unreadable_ones_at_the_end(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TERM", "xterm")
    follow(LiveProgress())
    assert "4/4" in terminal.getvalue()
    assert "5 pages" in terminal.getvalue()
    assert "1 unreadable" in terminal.getvalue()


@pytest.mark.parametrize(("terminal", "kind"), [(True, LiveProgress), (False, PlainProgress)])
def test_the_kind_fits_where_stderr_goes(terminal, kind, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    assert isinstance(open_progress(), kind)


def test_nothing_goes_to_stdout(capsys):
    follow(PlainProgress())
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(4.4, "4 s"), (89, "89 s"), (90, "2 min"), (3599, "1 h 0 min"), (7500, "2 h 5 min"), (540_000, "6 d 6 h")],
)
def test_time_left_is_said_as_people_say_it(seconds, said):
    assert progress_view._duration(seconds) == said


def test_what_was_known_already_does_not_count_in_the_rate(monkeypatch):
    clock = iter(range(0, 1000, 10))
    monkeypatch.setattr(progress_view.time, "monotonic", lambda: float(next(clock)))
    tally = progress_view._Tally()
    for step in (Step(), Step(), Step(1, seconds=0.5), Step(1, seconds=0.5)):
        tally.add(step)
    assert tally.documents == 4
    assert tally.rate == 2 / 10
