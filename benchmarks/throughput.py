"""How much processor time a document takes: ours, reading everything, the plain way, and OCRmyPDF.

Every document of one synthetic archive (templates that training has not seen, the formats of the case) is read in
all ways, one after the other in random order, in one process. Figures are processor seconds (ours and of programs
started), so that another load on the machine disturbs all ways alike; ratios come with the 95 % interval of a
bootstrap over the documents.

    python benchmarks/throughput.py [--quick] [--employees N] [--compare] [--keep-baseline] [--profile]
"""

import os

os.environ["OMP_THREAD_LIMIT"] = "1"

import argparse
import cProfile
import datetime as dt
import json
import logging
import platform
import pstats
import random
import resource
import statistics
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from unittest import mock

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))  # the plain way lies beside this file

from plain_way import read_plainly

import pipeline.document
from connectors.export_folder import ExportFolder, fetch
from connectors.labels import Label, read_labels
from connectors.roster import load_roster
from jobs.evaluation.pairs import Pair, pair_up
from jobs.sampling import mean_of, ratio_of_sums
from jobs.tools import Setup, make_tools
from models.corpus.archive import write_archive
from pipeline.attribute import People
from pipeline.document import Tools, read_document
from pipeline.judge import judge_part
from pipeline.members import Member
from pipeline.ocr.engine import AUTO, OcrEngine, Recognised
from pipeline.parts import PageRange
from pipeline.progressive import PageReader
from sagstjek.settings import Settings
from sagstjek.shapes import Document, Extent, Page, Part, TextSource

_HERE: Final = Path(__file__).parent
_BASELINE: Final = _HERE / "baseline.json"
_SEED: Final = 42
_EMPLOYEES: Final = 12
_FEW: Final = 3
_OURS: Final = ("quick", "full")
_NAMES: Final = {
    "quick": "quick",
    "full": "--reading full",
    "plain": "plain way",
    "tuned": "plain way, Tesseract in one thread",
    "ocrmypdf": "OCRmyPDF",
}
"""Left to itself, Tesseract burns more processor time in threads than it saves; few who write such a script know."""
_LEVELS: Final = ("text layer", "head", "whole", "finer")


class Metered:
    """An OCR engine that tells how long it took and how fine it read."""

    def __init__(self, engine: OcrEngine) -> None:
        self._engine = engine
        self.name = engine.name
        self.version = engine.version
        self.seconds = 0.0
        self.finest = 0
        self.calls: list[tuple[int, float]] = []

    def recognise(self, image: Image.Image, dpi: int, mode: int = AUTO) -> Recognised:
        """Read, and count."""
        self.finest = max(self.finest, dpi)
        before = self.seconds
        with self._counted():
            read = self._engine.recognise(image, dpi, mode)
        self.calls.append((len(read.text), self.seconds - before))
        return read

    def orientation(self, image: Image.Image) -> int:
        """Find the way up, and count."""
        with self._counted():
            return self._engine.orientation(image)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        before = cpu_seconds()
        yield
        self.seconds += cpu_seconds() - before


@dataclass(slots=True)
class Measured:
    """One document, in all ways.

    Attributes:
        cpu: processor seconds by way. engine: of them within the OCR engine, by way of ours.
        pages, pages_read: by quick reading; a file without pages counts as one page.
        levels: how far each part was read by quick reading.
        right: by way of ours and figure, how many parts are right. parts: in the truth.
        calls: characters and seconds of every picture that quick reading gave to the engine.
    """

    format: str
    cpu: dict[str, float] = field(default_factory=dict)
    engine: dict[str, float] = field(default_factory=dict)
    pages: int = 1
    pages_read: int = 1
    levels: list[str] = field(default_factory=list)
    right: dict[str, dict[str, int]] = field(default_factory=dict)
    parts: int = 0
    calls: list[tuple[int, float]] = field(default_factory=list)
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Archive:
    """The documents and the truth about them."""

    folder: Path
    documents: tuple[Document, ...]
    labels: Mapping[str, tuple[Label, ...]]
    formats: Mapping[str, str]
    people: People


def cpu_seconds() -> float:
    """Return the processor seconds of this process and of the programs that it started and that ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def make_archive(folder: Path, employees: int, seed: int) -> Archive:
    """Return a synthetic archive, written into the folder."""
    write_archive(folder, employees=employees, seed=seed, side="unseen")
    labels: dict[str, list[Label]] = defaultdict(list)
    for label in read_labels(folder / "truth" / "parts.csv"):
        labels[label.document_id].append(label)
    documents = tuple(ExportFolder(folder).documents())
    return Archive(
        folder,
        documents,
        {name: tuple(some) for name, some in labels.items()},
        {document.document_id: format_of(document, labels[document.document_id]) for document in documents},
        People.of(load_roster(folder / "roster.csv").employments),
    )


def format_of(document: Document, labels: Sequence[Label]) -> str:
    """Return what kind of file a document is: of a scan how it was made, else by its extension."""
    own = next((dict(label.extra).get("format", "") for label in labels if not label.member), "")
    return own or document.path.rpartition(".")[2].lower()


def measure(archive: Archive, ways: Sequence[str], seed: int) -> list[Measured]:
    """Read every document in every way and return what it took."""
    metered = {way: Metered(_tools(archive, way).engine) for way in _OURS}
    tools = {way: replace(_tools(archive, way), engine=metered[way]) for way in _OURS}
    order = random.Random(seed)
    found = []
    for number, document in enumerate(archive.documents):
        one = Measured(archive.formats[document.document_id], parts=len(archive.labels.get(document.document_id, ())))
        mine = [way for way in ways if way != "ocrmypdf" or one.format == "scan_pdf"]
        order.shuffle(mine)
        for way in mine:
            before = cpu_seconds()
            if way in _OURS:
                _ours(one, way, document, archive, tools[way], metered[way])
            else:
                _theirs(one, way, archive.folder / document.path)
            one.cpu[way] = cpu_seconds() - before
        found.append(one)
        sys.stderr.write(f"\r{number + 1} of {len(archive.documents)} documents")
    sys.stderr.write("\n")
    return found


def _tools(archive: Archive, way: str) -> Tools:
    return make_tools(Setup(Settings(reading=way), archive.people, b"benchmark"))


def _ours(one: Measured, way: str, document: Document, archive: Archive, tools: Tools, metered: Metered) -> None:
    metered.seconds, metered.calls = 0.0, []
    with _levels_noted(one.levels if way == "quick" else [], metered):
        data = fetch(str(archive.folder / document.path), tools.settings.max_file_bytes).data
        parts = read_document(document, data, tools).parts
    one.engine[way] = metered.seconds
    one.right[way] = right_ones(pair_up(archive.labels.get(document.document_id, ()), {document.document_id: parts}))
    if way == "quick":
        one.calls = metered.calls
        one.pages = sum(part.pages or 1 for part in parts)
        one.pages_read = sum(part.pages_read if part.pages else 1 for part in parts)


def right_ones(pairs: Iterator[Pair]) -> dict[str, int]:
    """Return how many parts have the right type, place and person."""
    right = Counter({"type": 0, "pages": 0, "person": 0})
    for pair in pairs:
        if pair.part is not None and pair.read:
            right["type"] += pair.part.type == pair.label.type
            right["pages"] += pair.same_place
            right["person"] += pair.label.cpr is None or pair.part.cpr == pair.label.cpr
    return dict(right)


@contextmanager
def _levels_noted(levels: list[str], metered: Metered) -> Iterator[None]:
    """Note for each part how far it was read before it was settled, or there was no more to read."""

    def noting(number: int, member: Member, pages: PageRange, seen: list[Page], *rest: Any) -> Part:
        metered.finest = 0
        reader: PageReader = rest[0]
        part = judge_part(number, member, pages, seen, reader, rest[1])
        levels.append(level_of(pages.of(seen), finer=metered.finest > Settings().ocr_dpi))
        return part

    with mock.patch.object(pipeline.document, "judge_part", noting):
        yield


def level_of(pages: Sequence[Page], *, finer: bool) -> str:
    """Return how far a part was read."""
    scanned = [page for page in pages if page.source is not TextSource.TEXT]
    if not scanned:
        return "text layer"
    if finer:
        return "finer"
    return "head" if any(page.extent is Extent.HEAD for page in scanned) else "whole"


def _theirs(one: Measured, way: str, file: Path) -> None:
    try:
        if way == "ocrmypdf":
            _ocrmypdf(file)
        else:
            with mock.patch.dict(os.environ):
                if way == "plain":
                    del os.environ["OMP_THREAD_LIMIT"]
                read_plainly(file)
    except Exception as error:  # noqa: BLE001 - what the plain way cannot read, it cannot
        one.failed = type(error).__name__


def _ocrmypdf(file: Path) -> None:
    """Read a scanned PDF in this process: its start as a program would cost half a second more each."""
    import ocrmypdf  # noqa: PLC0415 - need not be installed

    with tempfile.TemporaryDirectory() as folder:
        ocrmypdf.ocr(
            file,
            Path(folder, "out.pdf"),
            language=["dan"],
            output_type="pdf",
            optimize=0,
            jobs=1,
            use_threads=True,
            progress_bar=False,
        )


def summarise(found: Sequence[Measured]) -> dict[str, Any]:
    """Return all figures of a run, for the table and for JSON."""
    groups: dict[str, list[Measured]] = defaultdict(list)
    for one in found:
        groups[one.format].append(one)
    scans = [one for one in found if one.engine.get("quick")]
    return {
        "documents": len(found),
        "pages": sum(one.pages for one in found),
        "pages_read": sum(one.pages_read for one in found),
        "all": _group(found),
        "formats": {name: _group(some) for name, some in sorted(groups.items())},
        "ratios": {f"{way}/quick": _ratio(found, way) for way in _NAMES if way != "quick"},
        "documents_per_core_hour": _rates(found),
        "engine_share_on_scans": sum(o.engine["quick"] for o in scans) / max(sum(o.cpu["quick"] for o in scans), 1e-9),
        "engine": _engine(found),
        "levels": {name: Counter(level for one in found for level in one.levels)[name] for name in _LEVELS},
        "accuracy": {what: _accuracy(found, what) for what in ("type", "pages", "person")},
        "plain_way_failed": sum(bool(one.failed) for one in found),
    }


def _group(found: Sequence[Measured]) -> dict[str, Any]:
    ways = [way for way in _NAMES if any(way in one.cpu for one in found)]
    return {
        "documents": len(found),
        "pages": sum(one.pages for one in found),
        "pages_read": sum(one.pages_read for one in found),
        "median": {way: statistics.median(one.cpu[way] for one in found if way in one.cpu) for way in ways},
        "mean": {way: statistics.fmean(one.cpu[way] for one in found if way in one.cpu) for way in ways},
        "page": {
            way: sum(o.cpu.get(way, 0) for o in found) / sum(o.pages for o in found if way in o.cpu) for way in ways
        },
    }


def _ratio(found: Sequence[Measured], way: str) -> list[float] | None:
    pairs = [(one.cpu[way], one.cpu["quick"]) for one in found if way in one.cpu]
    if not pairs:
        return None
    above, below = zip(*pairs, strict=True)
    ratio = ratio_of_sums(above, below)
    return [ratio.value, ratio.low, ratio.high]


def _rates(found: Sequence[Measured]) -> dict[str, list[float]]:
    rates = {}
    for way in _NAMES:
        if all(way in one.cpu for one in found):
            mean = mean_of([one.cpu[way] for one in found])
            rates[way] = [3600 / mean.value, 3600 / mean.high, 3600 / mean.low]
    return rates


def _engine(found: Sequence[Measured]) -> dict[str, float]:
    """Return what the engine takes for a picture and for each character on it: a line through all that were read."""
    calls = np.array([call for one in found for call in one.calls], dtype=float).reshape(-1, 2)
    if len(calls) < 3:
        return {}
    slope, start = np.polyfit(calls[:, 0], calls[:, 1], 1)
    return {
        "pictures": len(calls),
        "characters_a_picture": float(calls[:, 0].mean()),
        "milliseconds_a_picture": 1000 * float(start),
        "milliseconds_a_character": 1000 * float(slope),
    }


def _accuracy(found: Sequence[Measured], what: str) -> dict[str, Any]:
    """Return the share of parts that are right, quick and full, and what quick reading loses, in points."""
    parts = sum(one.parts for one in found)
    lost = [float(one.right["full"][what] - one.right["quick"][what]) for one in found]
    points = ratio_of_sums(lost, [float(one.parts) for one in found]).times(100)
    shares = {way: sum(one.right[way][what] for one in found) / max(parts, 1) for way in _OURS}
    return {**shares, "parts": parts, "points_lost": [points.value, points.low, points.high]}


def table(figures: Mapping[str, Any]) -> Iterator[str]:
    """Yield the figures as lines of text."""
    yield f"{'processor ms':12} {'docs':>5} {'pages':>6} {'read':>5}" + "".join(
        f" {name:>14}"
        for name in ("quick, median", "mean", "a page", "full, mean", "plain, mean", "tuned, mean", "OCRmyPDF")
    )
    for name, group in [*figures["formats"].items(), ("all", figures["all"])]:
        mean = group["mean"]
        cells = (group["median"]["quick"], mean["quick"], group["page"]["quick"], mean["full"])
        more = (mean.get("plain"), mean.get("tuned"), mean.get("ocrmypdf") if name != "all" else None)
        yield f"{name:12} {group['documents']:5} {group['pages']:6} {group['pages_read']:5}" + "".join(
            f" {1000 * cell:14.0f}" if cell is not None else f" {'':14}" for cell in (*cells, *more)
        )
    yield ""
    for name, ratio in figures["ratios"].items():
        way = _NAMES[name.partition("/")[0]]
        where = "on scanned PDFs" if way == "OCRmyPDF" else "on all"
        yield f"{way + ' against quick, ' + where:58} " + (_times(ratio) if ratio else "not measured")
    for way, rate in figures["documents_per_core_hour"].items():
        yield f"{'documents a core-hour, ' + _NAMES[way]:58} {rate[0]:,.0f} ({rate[1]:,.0f}-{rate[2]:,.0f})"
    yield f"{'share of time in the OCR engine, on scans':58} {100 * figures['engine_share_on_scans']:.0f} %"
    if engine := figures["engine"]:
        yield (
            f"{'the engine':58} {engine['milliseconds_a_picture']:.0f} ms a picture and "
            f"{engine['milliseconds_a_character']:.2f} ms a character, of which there are "
            f"{engine['characters_a_picture']:.0f}"
        )
    yield f"{'pages read of pages':58} {figures['pages_read']} of {figures['pages']}"
    levels = ", ".join(f"{name} {count}" for name, count in figures["levels"].items())
    yield f"{'parts settled, or read out, at':58} {levels}"
    for what, one in figures["accuracy"].items():
        lost = one["points_lost"]
        yield (
            f"{what + ' right, of ' + str(one['parts']) + ' parts':58} quick {100 * one['quick']:.1f} %, "
            f"full {100 * one['full']:.1f} %, lost {lost[0]:.1f} points ({lost[1]:.1f} to {lost[2]:.1f})"
        )
    yield f"{'files that the plain way could not read':58} {figures['plain_way_failed']} of {figures['documents']}"


def _times(ratio: Sequence[float]) -> str:
    return f"{ratio[0]:.1f} times ({ratio[1]:.1f}-{ratio[2]:.1f})"


def compared(now: Mapping[str, Any], then: Mapping[str, Any]) -> Iterator[str]:
    """Yield how each figure stands to that of a stored run; ratios hold from machine to machine, seconds do not."""
    yield f"against the baseline of {then['date']}"
    for name, value, before in _comparable(now, then):
        change = f"{100 * (value / before - 1):+.0f} %" if before else ""
        yield f"  {name:58} {value:10.3f}  was {before:10.3f}  {change}"


def _comparable(now: Mapping[str, Any], then: Mapping[str, Any]) -> Iterator[tuple[str, float, float]]:
    yield "quick, processor seconds a document", now["all"]["mean"]["quick"], then["all"]["mean"]["quick"]
    yield "quick, processor seconds a page", now["all"]["page"]["quick"], then["all"]["page"]["quick"]
    for name, ratio in now["ratios"].items():
        before = then["ratios"].get(name)
        if ratio and before:
            yield f"{name}, processor time", ratio[0], before[0]
    yield "share in the OCR engine, on scans", now["engine_share_on_scans"], then["engine_share_on_scans"]
    for what, one in now["accuracy"].items():
        yield f"{what} right, quick", one["quick"], then["accuracy"][what]["quick"]
        yield f"{what}, points lost to full", one["points_lost"][0], then["accuracy"][what]["points_lost"][0]


def machine() -> dict[str, str]:
    """Return what the figures were measured on, without its name."""
    engine = make_tools(Setup(Settings(), People(), b"")).engine
    return {
        "processor": next(
            (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
            platform.processor(),
        ),
        "cores": str(os.cpu_count()),
        "python": platform.python_version(),
        "ocr": f"{engine.name} {engine.version}",
    }


def _lines(file: str) -> list[str]:
    path = Path(file)
    return path.read_text("utf-8").splitlines() if path.exists() else []


def profile(archive: Archive) -> Iterator[str]:
    """Yield where the time of quick reading goes outside the OCR engine: the functions that take most themselves."""
    tools = _tools(archive, "quick")
    seen = cProfile.Profile()
    seen.enable()
    for document in archive.documents:
        read_document(document, fetch(str(archive.folder / document.path), tools.settings.max_file_bytes).data, tools)
    seen.disable()
    rows: dict[tuple[str, int, str], Any] = pstats.Stats(seen).stats  # type: ignore[attr-defined]
    total = sum(row[2] for row in rows.values())
    yield f"{'own s':>8} {'with all':>8} {'calls':>9}  of {total:.1f} s"
    for (file, line, name), row in sorted(rows.items(), key=lambda item: -item[1][2])[:40]:
        yield f"{row[2]:8.2f} {row[3]:8.2f} {row[1]:9}  {'/'.join(Path(file).parts[-2:])}:{line} {name}"
    yield ""
    ours = [item for item in rows.items() if any(f"/{name}/" in item[0][0] for name in ("pipeline", "models"))]
    yield "our own functions, with all that they call"
    for (file, line, name), row in sorted(ours, key=lambda item: -item[1][3])[:40]:
        yield f"{row[2]:8.2f} {row[3]:8.2f} {row[1]:9}  {'/'.join(Path(file).parts[-2:])}:{line} {name}"


def ways_of(arguments: argparse.Namespace) -> list[str]:
    """Return in which ways to read."""
    ways = [*_OURS]
    if not arguments.ours:
        ways += ["plain", "tuned"]
        if find_spec("ocrmypdf") is None:
            sys.stderr.write("OCRmyPDF is not installed, so scanned PDFs are not read by it: pip install ocrmypdf\n")
        else:
            ways.append("ocrmypdf")
    return ways


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Processor time a document, against the plain way and OCRmyPDF.")
    parser.add_argument("--employees", type=int, default=_EMPLOYEES, help="about 8 documents each (default: 12)")
    parser.add_argument("--seed", type=int, default=_SEED)
    parser.add_argument(
        "--quick", action="store_true", help=f"{_FEW} employees: a look in a minute, no figures to quote"
    )
    parser.add_argument("--ours", action="store_true", help="leave out the plain way and OCRmyPDF; stores nothing")
    parser.add_argument("--compare", action="store_true", help="hold the figures against the stored baseline")
    parser.add_argument("--keep-baseline", action="store_true", help="store the figures as the baseline")
    parser.add_argument("--profile", action="store_true", help="only: where the time of quick reading goes")
    return parser.parse_args()


def main() -> None:
    """Measure, print and store."""
    arguments = _arguments()
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        employees = _FEW if arguments.quick else arguments.employees
        archive = make_archive(Path(folder), employees, arguments.seed)
        if arguments.profile:
            print("\n".join(profile(archive)))
            return
        figures = summarise(measure(archive, ways_of(arguments), arguments.seed))
    figures = {
        "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "seed": arguments.seed,
        "employees": employees,
        "load": [round(load, 2) for load in os.getloadavg()],
        "machine": machine(),
        **figures,
    }
    print("\n".join(table(figures)))
    if not (arguments.quick or arguments.ours):
        _store(_HERE / "results" / "throughput.json", figures)
    if arguments.compare and _BASELINE.exists():
        print("\n".join(compared(figures, json.loads(_BASELINE.read_text("utf-8")))))
    if arguments.keep_baseline:
        _store(_BASELINE, figures)


def _store(file: Path, figures: Mapping[str, Any]) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
