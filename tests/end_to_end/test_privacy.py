"""Known personal words in every input: none of them may be said, logged, or left anywhere but in the lists."""

import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from distributed import Client

from models.corpus.render.msg import write_msg
from models.corpus.render.packing import lock_zip
from tests.end_to_end.machines import machines
from tests.end_to_end.running import audit, documents, write_index
from tests.pipeline import samples

CPR = "251248-9996"  # the official example number that every file of `samples` holds
WORDS = (
    CPR,
    CPR.replace("-", ""),
    CPR.replace("-", " "),
    "Sørensen",  # name, in every text
    "Østergård",  # the leader who signed it
    "Kanarieberg",  # name on the roster
    "Gulspurv",  # title of a document
    "Sangfugl",  # title of a case
    "bogfinke",  # file name
    "graasisken",  # name of a member or attachment
    "institutionsleder",  # text
    "hemmeligt@kanarie.example",
    "kanariebur",  # folder of the export
)
MAY_STAND_IN_FILES = {"documents.csv", "gaps.csv", "gaps.xlsx", "ledger.sqlite", "ledger.sqlite-wal"}
QUICK = ("--set", "batch_documents=3", "--set", "max_members=20", "--set", f"max_file_bytes={3 * 1024 * 1024}")


def inputs():
    """Files by name, of every format and with every way to fail."""
    good = {f"{name}.{name}": data for name, data in samples.every().items() if name not in {"gif", "bmp", "webp"}}
    inner = ("graasisken.txt", samples.LETTER.encode())
    nest = samples.zipped(dict([inner]))
    for _ in range(10):
        nest = samples.zipped({"graasisken.zip": nest})
    lying = io.BytesIO()
    with zipfile.ZipFile(lying, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("graasisken.txt", b" " * (300 * 1024 * 1024))  # larger unpacked than a member may be
    bad = {
        "locked.zip": lock_zip([inner], "password", samples.Random(1)),
        "half.pdf": samples.pdf()[: len(samples.pdf()) // 2],
        "half.docx": samples.docx()[:3000],
        "half.tif": samples.tiff()[:2000],
        "half.msg": write_msg(samples.MAIL)[:4000],
        "junk.doc": samples.LETTER.encode("utf-16") + bytes(range(256)) * 40,
        "deep.zip": nest,
        "many.zip": samples.zipped({f"graasisken {n}.txt": inner[1] for n in range(40)}),
        "bomb.zip": lying.getvalue(),
        "large.txt": samples.LETTER.encode() * 10_000,
        "empty.pdf": b"",
        "attached.zip": samples.zipped({"graasisken.pdf": samples.pdf(), "graasisken.bin": bytes(500)}),
    }
    return good | bad


def write_canary(export):
    """An export with the words in every place that has room for them."""
    files = export / "files"
    files.mkdir(parents=True)
    for name, data in inputs().items():
        (files / f"bogfinke {name}").write_bytes(data)
    (files / "bogfinke folder.pdf").mkdir()
    secret = files / "bogfinke secret.pdf"
    secret.write_bytes(samples.pdf())
    secret.chmod(0)
    names = [*(path.name for path in sorted(files.iterdir())), "bogfinke nowhere.pdf"]
    write_index(export, [index_row(number, name) for number, name in enumerate(names, 1)])
    (export / "roster.csv").write_text(
        "cpr;name;hired;case_id;email;unit;manager;position\r\n"
        f"{CPR};Åse Sørensen Kanarieberg;2011-05-03;S1;hemmeligt@kanarie.example;Skolen;Bo Østergård;lærer\r\n",
        "utf-8",
    )
    return export


def index_row(number, name):
    return {
        "document_id": f"D{number}",
        "case_id": "S1",
        "case_cpr": CPR,
        "case_title": f"Sangfugl Åse Sørensen {CPR}",
        "title": f"Gulspurv, {CPR}, Åse Sørensen",
        "path": f"files/{name}",
        "journal_date": "2011-05-03",
        "folder": "Gulspurv",
        "bemærkning": f"Sangfugl {CPR}",
    }


def said(data):
    """The words that occur in bytes, however they are written."""
    found = set()
    for word in WORDS:
        ways = {word.encode(code) for code in ("utf-8", "cp1252", "utf-16-le")}
        ways |= {ascii(word)[1:-1].encode(), json.dumps(word)[1:-1].encode(), word.lower().encode()}
        ways.add(ascii(word.encode())[2:-1].encode())
        if any(way in data for way in ways):
            found.add(word)
    return found


def said_in(folder, *but):
    """The words in the files below a folder, and in their names."""
    found = {}
    for root, _, names in os.walk(folder):
        for path in (Path(root, name) for name in names if name not in but):
            words = said(path.read_bytes()) | said(path.name.encode())
            if words:
                found[path.name] = words
    return found


@pytest.fixture(scope="module")
def export(tmp_path_factory):
    return write_canary(tmp_path_factory.mktemp("canary") / "kanariebur")


@pytest.fixture(scope="module")
def local(export, tmp_path_factory):
    """A local audit that tells all it has to tell."""
    folder = tmp_path_factory.mktemp("local")
    (folder / "tmp").mkdir()
    run, code = audit(export, folder / "audit", *QUICK, "--verbose", TMPDIR=str(folder / "tmp"))
    return folder, run, code


def test_the_words_do_occur_where_they_may(local):
    folder, run, code = local
    assert code == 2, run.said
    rows = documents(folder / "audit")
    assert {"Gulspurv", CPR, "Sørensen", "graasisken"} <= said((folder / "audit" / "documents.csv").read_bytes())
    reasons = {row["reason"] for row in rows}
    assert reasons >= {"encrypted", "damaged", "empty", "too_large", "too_deep", "too_many", "not_found"}
    assert not {"crashed", "timed_out", "out_of_memory", "internal"} & reasons
    assert sum(row["status"] != "unreadable" for row in rows) > 15


def test_a_local_audit_says_none(local):
    folder, run, _ = local
    assert said((run.out + run.said).replace(str(folder), "").encode()) == set()
    assert run.said.count("\n") >= 2


def test_a_local_audit_leaves_none(local):
    folder, _, _ = local
    assert said_in(folder / "audit", *MAY_STAND_IN_FILES) == {}
    assert list((folder / "tmp").iterdir()) == []


def test_a_cluster_says_and_keeps_none(export, tmp_path):
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    with machines(tmp_path / "cluster", DASK_LOGGING__DISTRIBUTED="debug", TMPDIR=str(temporary)) as cluster:
        with Client(cluster.address) as client:
            client.get_task_stream()  # from now on the scheduler keeps it
            run, code = audit(export, tmp_path / "audit", *QUICK, "--verbose", "--cluster", cluster.address)
            told = {
                "task stream": client.get_task_stream(),
                "events": client.get_events(),
                "worker logs": client.get_worker_logs(),
                "scheduler logs": client.get_scheduler_logs(),
                "stories": client.run_on_scheduler(_memories),
                "worker memories": client.run(_worker_memories),
            }
            assert said_in(cluster.folder / "local") == {}
        assert code == 2, run.said
        assert told["stories"][1], "the scheduler remembers the tasks"
        assert {name: words for name in told if (words := said(repr(told[name]).encode()))} == {}
        assert said((run.out + run.said + cluster.said).encode()) == set()
    assert said_in(temporary) == {}
    assert said_in(tmp_path / "audit", *MAY_STAND_IN_FILES) == {}


def _memories(dask_scheduler):
    """Everything that a scheduler could tell of its tasks."""
    tasks = [(key, repr(task), task.prefix.name, task.group.name) for key, task in dask_scheduler.tasks.items()]
    return tasks, list(dask_scheduler.transition_log), dask_scheduler.computations and repr(dask_scheduler.computations)


def _worker_memories(dask_worker):
    return repr(dask_worker.state.log), repr(dask_worker.state.tasks), repr(dask_worker.plugins)
