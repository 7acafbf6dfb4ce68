"""The document types."""

from sagstjek.taxonomy import taxonomy


def test_every_type_has_its_words():
    for code, kind in taxonomy().items():
        assert code == kind.code
        assert code.isascii()
        assert code.islower()
        assert all((kind.name, kind.en, kind.folder, kind.about))


def test_names_are_told_apart():
    assert len({kind.name.casefold() for kind in taxonomy().values()}) == len(taxonomy())
    assert "andet" in taxonomy()
