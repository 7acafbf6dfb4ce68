"""What a user writes to name a system, and what they are told when it cannot be."""

import pytest

from connectors.records.opening import open_system
from connectors.records.site import Site, chosen, read_source, secret
from sagstjek.errors import SettingsError


def said(call, *arguments):
    with pytest.raises(SettingsError) as caught:
        call(*arguments)
    return str(caught.value)


def test_an_address_with_settings():
    source = read_source("nova+https://nova.example/api?parallel=4&timeout=12,5")
    site = chosen(Site, source)
    assert (source.system, site.url, site.parallel, site.timeout) == ("nova", "https://nova.example/api", 4, 12.5)


def test_without_a_scheme_it_is_https():
    assert read_source("nova://nova.example/").url == "https://nova.example/"


def test_a_file(tmp_path):
    (tmp_path / "esdh.toml").write_text('system = "sbsys"\nurl = "https://sbsys.example"\nparallel = 3\n')
    source = read_source(str(tmp_path / "esdh.toml"))
    assert (source.system, chosen(Site, source).parallel) == ("sbsys", 3)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("https", "is not a source"),
        ("nova+https://me:secret@host/", "Secrets belong in the environment"),
        ("nowhere.toml", "cannot be read"),
    ],
)
def test_what_is_no_source(written, told):
    message = said(read_source, written)
    assert told in message
    assert "secret@" not in message


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("nova+http://nova.example/?client_id=x", "is not encrypted"),
        ("nova+https://nova.example/", "needs the setting 'client_id'"),
        ("nova+https://nova.example/?client_id=x&parallel=0", "at least 1"),
        ("nova+https://nova.example/?client_id=x&ca_bundle=/nowhere.pem", "is not there"),
        ("nova+https://nova.example/?client_id=x&klee=81", "did you mean 'kle'?"),
        ("nova+https://nova.example/?client_id=x&security_unit=818485", "818485:Borgerservice"),
        ("getorganized+https://go.example/?username=x&login=kerberos", "ntlm or basic"),
        ("sbsys+https://s.example/?client_id=x&token_url=https://t.example/&username=r&kind_ids=1", "three numbers"),
        ("folder:///nowhere", "is not a folder"),
        ("novo+https://nova.example/", "did you mean 'nova'?"),
    ],
)
def test_settings_that_cannot_be(written, told, monkeypatch):
    monkeypatch.delenv("SAGSTJEK_SECRET_NOVA_CLIENT_SECRET", raising=False)
    assert told in said(open_system, read_source(written))


def test_secrets_are_never_shown(monkeypatch):
    monkeypatch.setenv("SAGSTJEK_SECRET_NOVA_CLIENT_SECRET", "hemmelig")
    source = read_source("nova+https://nova.example/?client_id=x")
    system = open_system(source)
    assert secret(source, "CLIENT_SECRET") == "hemmelig"
    assert "hemmelig" not in repr(system) + repr(source)
    system.close()
