"""The awkward rules of each vendor, one by one."""

import io
from dataclasses import replace

import pytest

from connectors.records.filing import journal_once, stored_sha256
from connectors.records.nova_bodies import PAGE
from connectors.records.problems import Problem, RecordsError
from connectors.records.protocol import DocumentState, Entry, Move, Note, StoredFile
from tests.doubles.benches import getorganized_bench, nova_bench, sbsys_bench
from tests.doubles.nova import case_row
from tests.doubles.sbsys import case_answer
from tests.doubles.world import BO, CARL, FINN, NANCY

DATA = b"%PDF-1.4 en straffeattest"


@pytest.fixture
def sbsys(tmp_path):
    with sbsys_bench(tmp_path) as bench:
        yield bench


@pytest.fixture
def nova(tmp_path):
    with nova_bench(tmp_path) as bench:
        yield bench


@pytest.fixture
def go(tmp_path):
    with getorganized_bench(tmp_path) as bench:
        yield bench


def entry_for(bench, **how):
    case = bench.system.find_cases(NANCY)[0]
    return replace(Entry("sj-1", case, "Straffeattest", "a.pdf", DATA), **how)


def problem_of(call, *arguments):
    with pytest.raises(RecordsError) as caught:
        call(*arguments)
    return caught.value.problem


class TestSbsys:
    def test_both_grants(self, tmp_path):
        with sbsys_bench(tmp_path, grant="client_credentials") as bench:
            assert len(bench.system.find_cases(NANCY)) == 1

    def test_a_case_type_by_its_id(self, tmp_path):
        with sbsys_bench(tmp_path, case_type=5) as bench:
            assert len(bench.system.find_cases(NANCY)) == 1

    def test_as_many_as_the_limit_are_not_all(self, tmp_path):
        with sbsys_bench(tmp_path, limit=2) as bench:
            assert len(bench.system.find_cases(NANCY)) == 1
            assert problem_of(bench.system.find_cases, CARL) is Problem.INCOMPLETE

    def test_other_peoples_cases_are_refused(self, sbsys, monkeypatch):
        monkeypatch.setattr(sbsys.double, "routes", [
            (m, p, (lambda _: _results(sbsys.world)) if "search" in p else a) for m, p, a in sbsys.double.routes
        ])  # fmt: skip
        assert problem_of(sbsys.system.find_cases, NANCY) is Problem.REFUSED

    def test_no_list_is_not_an_empty_one(self, sbsys):
        case = sbsys.system.find_cases(NANCY)[0]
        sbsys.double.routes.insert(0, ("GET", r"/api/sag/\d+/dokumenter", lambda _: _json({"Message": "fejl"})))
        assert problem_of(sbsys.system.documents, case) is Problem.REFUSED

    def test_several_files_and_deleted_ones(self, sbsys):
        found = {d.title: d for d in sbsys.system.documents(sbsys.system.find_cases(NANCY)[0])}
        assert [file.extension for file in found["Mail med bilag"].files] == ["pdf", "pdf"]
        assert found["Slettet"].state is DocumentState.DELETED
        assert found["Løst dokument"].folder == ""

    def test_the_key_in_the_description(self, tmp_path):
        with sbsys_bench(tmp_path, key_field="Beskrivelse") as bench:
            bench.double.keeps_foreign_id = False
            bench.double.fail(bench.writes, "stored")
            receipt = journal_once(bench.system, entry_for(bench, text="Fundet [i kælderen]"))
            assert bench.world.find_document(int(receipt.document_id))[1].text == "Fundet [i kælderen] [sj-1]"
            assert bench.double.count(bench.writes) == 1

    def test_danish_letters_and_quotes_in_names(self, sbsys):
        entry = entry_for(sbsys, title='Børne"attest"', file_name='æøå "x".pdf')
        receipt = journal_once(sbsys.system, entry)
        document = sbsys.world.find_document(int(receipt.document_id))[1]
        assert document.title == 'Børne"attest"'
        assert document.files[0].data == DATA

    def test_placed_in_another_folder(self, sbsys):
        case = sbsys.system.find_cases(NANCY)[0]
        folder = next(f for f in sbsys.system.folders(case) if f.title.startswith("08"))
        document = next(d for d in sbsys.system.documents(case) if d.title == "Ansættelsesbrev")
        sbsys.system.relocate(Move("k", document, case, case, folder))
        (found,) = [d for d in sbsys.system.documents(case) if d.title == "Ansættelsesbrev"]
        assert found.folder_id == folder.folder_id

    def test_a_copy_of_several_files_goes_on_where_it_broke_off(self, sbsys):
        source, target = sbsys.system.find_cases(NANCY)[0], sbsys.system.find_cases(CARL)[0]
        document = next(d for d in sbsys.system.documents(source) if d.title == "Mail med bilag")
        sbsys.double.fail(sbsys.fetches + r"\d", status=404)
        assert problem_of(sbsys.system.relocate, Move("k", document, source, target)) is Problem.NOT_FOUND
        sbsys.system.relocate(Move("k", document, source, target))
        arrived = [stored_sha256(sbsys.system, f) for d in sbsys.system.documents(target) for f in d.files]
        assert sorted(arrived) == sorted(stored_sha256(sbsys.system, file) for file in document.files)
        ((heading, note),) = sbsys.world.of(NANCY)[0].notes
        assert heading.endswith("[k]")
        assert "ikke slettet" in note


class TestNova:
    def test_a_transaction_id_is_never_used_twice(self, nova):
        nova.double.fail("PUT", times=2)
        nova.system.find_cases(NANCY)
        nova.double.fail("UploadFile", times=2)
        journal_once(nova.system, entry_for(nova))
        assert len(nova.double.transactions) > 5

    def test_more_cases_than_a_page_holds(self, nova):
        party = case_row(nova.world.of(NANCY)[0])["caseParties"]
        other = {"caseClassification": {"kleNumber": {"code": "27.00.00"}}, "caseParties": party}
        row = {**case_row(nova.world.of(NANCY)[0]), **other}
        nova.double.extra_cases = [{**row, "common": {"uuid": f"x{n}"}} for n in range(PAGE + 1)]
        assert len(nova.system.find_cases(NANCY)) == 1  # cases of other kinds are left out
        with_all = replace(nova.system, settings=replace(nova.system.settings, kle=""))
        assert len(with_all.find_cases(NANCY)) == PAGE + 2

    def test_only_the_primary_party_counts(self, nova):
        row = case_row(nova.world.of(NANCY)[0])
        row["caseParties"][0].update(participantRole="Sekundær", identification=BO.digits)
        nova.double.extra_cases = [row]
        assert nova.system.find_cases(BO) == ()

    def test_a_list_that_is_cut_is_told(self, nova):
        nova.double.most_documents = 600
        case = nova.system.find_cases(FINN)[0]
        assert problem_of(nova.system.documents, case) is Problem.INCOMPLETE

    def test_an_orphan_is_attached_the_next_time(self, nova):
        nova.double.fail("Document/Import", status=503)
        assert problem_of(journal_once, nova.system, entry_for(nova)) is Problem.UNAVAILABLE
        assert len(nova.double.uploads) == 1
        journal_once(nova.system, entry_for(nova))
        assert nova.double.uploads == {}

    def test_a_note_arrives_whole(self, nova):
        case = nova.system.find_cases(NANCY)[0]
        for number, text in enumerate(("a", "ab", "abc", "på sagen")):
            nova.system.note(case, Note(f"k{number}", "T", text))
        assert [text for _, text in nova.world.of(NANCY)[0].notes] == ["a", "ab", "abc", "paa sagen"]


class TestGetOrganized:
    def test_a_large_file_comes_the_other_way(self, go):
        document = next(d for d in go.system.documents(go.system.find_cases(NANCY)[0]) if d.title == "Børneattest")
        go.double.large = 100
        into = io.BytesIO()
        go.system.fetch(document.files[0], into)
        assert into.getvalue() == b"%PDF-1.4 attest" * 5000
        assert go.double.count("MetadataWithSystemFields") == 1

    def test_the_password_goes_nowhere_else(self, go, monkeypatch):
        go.double.large = 100
        document = next(d for d in go.system.documents(go.system.find_cases(NANCY)[0]) if d.title == "Børneattest")
        monkeypatch.setattr(go.double, "url", "http://example.invalid")
        assert problem_of(go.system.fetch, document.files[0], io.BytesIO()) is Problem.REFUSED

    def test_a_document_in_two_views_comes_once(self, go):
        found = [d.document_id for d in go.system.documents(go.system.find_cases(FINN)[0])]
        assert len(found) == len(set(found)) == 620

    def test_added_but_not_marked_is_finished(self, go):
        go.double.fail("MarkMultiple", status=400)
        assert problem_of(journal_once, go.system, entry_for(go)) is Problem.REFUSED
        case = go.system.find_cases(NANCY)[0]
        assert go.system.find_by_key(case, "sj-1").state is DocumentState.DRAFT
        journal_once(go.system, entry_for(go))
        assert go.system.find_by_key(case, "sj-1").state is DocumentState.JOURNALED
        assert go.double.count(go.writes) == 1

    @pytest.mark.parametrize("title", ['Brev: "a/b"', "Æøå   & <x>", "x" * 300, ""])
    def test_titles_that_no_file_may_have(self, go, title):
        journal_once(go.system, entry_for(go, title=title))

    def test_bytes_as_base64(self, tmp_path):
        with getorganized_bench(tmp_path, bytes_as="base64") as bench:
            bench.double.bytes_as = "base64"
            journal_once(bench.system, entry_for(bench))

    def test_without_a_folder_it_is_refused(self, tmp_path):
        with getorganized_bench(tmp_path, default_folder="Findes ikke") as bench:
            assert problem_of(journal_once, bench.system, entry_for(bench)) is Problem.REFUSED

    def test_a_view_that_is_missing_is_not_empty(self, go):
        go.double.routes = [(m, p, (lambda _: _json([])) if "LeftMenu" in p else a) for m, p, a in go.double.routes]
        assert problem_of(go.system.documents, go.system.find_cases(NANCY)[0]) is Problem.REFUSED

    def test_a_wrong_password(self, go, monkeypatch):
        go.double.expire()
        monkeypatch.setenv("SAGSTJEK_SECRET_GETORGANIZED_PASSWORD", "forkert")
        from connectors.records import getorganized  # noqa: PLC0415
        from connectors.records.site import read_source  # noqa: PLC0415

        other = getorganized.open_source(read_source(go.double.source()))
        assert other.health().answering == "not_let_in"
        other.close()


def test_a_folder_leaves_its_root_never(tmp_path):
    from connectors.records.folder import FolderSystem  # noqa: PLC0415

    (tmp_path / "root").mkdir()
    (tmp_path / "secret").write_bytes(b"x")
    (tmp_path / "root" / "link").symlink_to(tmp_path / "secret")
    system = FolderSystem(tmp_path / "root")
    for address in ("../secret", "link", "/etc/hostname", ""):
        assert problem_of(system.fetch, StoredFile("x", address=address), io.BytesIO()) is Problem.NOT_FOUND


def _json(value):
    from tests.doubles.web import as_json  # noqa: PLC0415

    return as_json(value)


def _results(world):
    return _json({"Results": [case_answer(case) for case in world.of(FINN)]})
