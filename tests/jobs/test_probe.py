"""What an installation can do, without touching anything."""

import pytest

from jobs.cli import main
from tests.doubles.sbsys import PASSWORD, SECRET, SbsysDouble
from tests.doubles.world import small_world


@pytest.fixture
def double(monkeypatch):
    monkeypatch.setenv("SAGSTJEK_SECRET_SBSYS_CLIENT_SECRET", SECRET)
    monkeypatch.setenv("SAGSTJEK_SECRET_SBSYS_PASSWORD", PASSWORD)
    made = SbsysDouble(small_world())
    yield made
    made.close()


def test_what_it_can_do(double, capsys):
    assert main(["probe", double.source(requests_per_second=0)]) == 0
    said = capsys.readouterr().out
    assert "answers              ok" in said
    assert "SBSYS Web API v12" in said
    assert "all that we make are there" in said
    assert all(call.startswith("GET") or "openid-connect" in call for call in double.calls)


def test_what_it_lacks(double, capsys):
    double.routes = [route for route in double.routes if "journalarknote/create" not in route[1]]
    assert main(["probe", double.source(requests_per_second=0), "--openapi", "swagger/docs/v12"]) == 0
    assert "not there            POST journalarknote/create (write notes)" in capsys.readouterr().out


def test_no_description(double, capsys):
    double.routes = [route for route in double.routes if "swagger" not in route[1]]
    assert main(["probe", double.source(requests_per_second=0)]) == 0
    assert "none found" in capsys.readouterr().out


def test_not_let_in(double, capsys):
    assert main(["probe", double.source(requests_per_second=0, username="en-anden")]) == 4
    assert "not_let_in" in capsys.readouterr().out


def test_a_folder(tmp_path, capsys):
    assert main(["probe", f"folder://{tmp_path}"]) == 0
    assert "native" in capsys.readouterr().out


def test_an_unknown_system(capsys):
    assert main(["probe", "sbsis+https://host/"]) == 1
    assert "did you mean 'sbsys'?" in capsys.readouterr().err
