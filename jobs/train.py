"""`sagstjek train`: a model from the synthetic corpus, and from labelled documents of a customer.

The corpus is written as files, and read as the audit reads them, so that the model learns what OCR and
readers really give. The figures on its card come from templates that it never saw.
"""

import os
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from connectors.export_folder import ExportFolder
from connectors.labels import read_labels
from jobs.adapt import save_model
from jobs.collect import collect, pair_up
from jobs.conclude import open_audit
from jobs.learning import learn
from jobs.options import settings_of
from models.artefact import read_artefact, write_artefact
from models.card import model_card
from models.corpus.archive import write_archive
from models.corpus.grammar import templates_of
from models.corpus.markup import Side
from models.corpus.pile_texts import draw_piles
from models.corpus.texts import draw_texts
from models.dataset import Example, PagePile, load_examples, load_piles, save_lines
from models.evaluate import evaluate, with_wrong_titles, without_titles
from models.labeller import Labeller, from_artefact, load_model, to_artefact
from models.sources import SourceFigures, by_source, leave_source_out
from models.train import Held, Lesson, train
from sagstjek.errors import ConnectorError, InputError
from sagstjek.settings import Settings

_PILES: Final = 1200
"""Piles of text beside those that were read, which count twice."""
_TEXTS_A_TEMPLATE: Final = 6
Data = tuple[list[Example], list[PagePile]]


def run(arguments: Namespace) -> int:
    """Train, evaluate on unseen templates, write the model and its card."""
    if bool(arguments.export) != bool(arguments.labels):
        raise InputError("--export and --labels belong together: the documents, and what they are.")
    if arguments.from_decisions:
        return _from_decisions(arguments)
    settings, _ = settings_of(arguments)
    out = arguments.out or Path(__file__).parent.parent / "models" / "shipped" / "model.sagstjek"
    with _working_folder(arguments.work) as work:
        rendered, piles = _rendered(work, "train", arguments.employees, arguments.seed, settings)
        texts = _texts("train", arguments.seed)
        own: list[Example] = []
        if arguments.export:
            own, more_piles = read_labelled(arguments.export, arguments.labels, settings)
            piles = piles + more_piles
        examples = [*rendered, *texts, *own]
        _say(f"training on {len(examples)} parts of {len({e.template for e in examples})} templates")
        piles = [*piles, *piles, *draw_piles(templates_of("train"), _PILES, arguments.seed)]
        model, held = train(examples, piles, arguments.seed)
        sources = _by_source(examples, held, arguments.seed)
        data = write_artefact(to_artefact(model))
        unseen, _ = _rendered(work, "unseen", max(arguments.employees // 3, 20), arguments.seed + 1, settings)
        card = _card(from_artefact(read_artefact(data)), _made_from(rendered, texts, own), unseen, sources)
        _write(out, data, card)
    _say(f"wrote {out.name} ({len(data) / 1e6:.1f} MB) and MODEL_CARD.md")
    print(card)
    return 0


def _from_decisions(arguments: Namespace) -> int:
    """Write the shipped model fitted to an audit's decisions and titles."""
    if not arguments.out:
        raise InputError("--from-decisions needs --out: the shipped model is not replaced by one archive's own.")
    with open_audit(arguments.from_decisions) as ledger:
        learnt = learn(ledger, load_model())
    if not learnt.decisions:
        raise InputError(f"{arguments.from_decisions}: nothing was decided there yet. See `sagstjek adapt --help`.")
    model = save_model(learnt.model, arguments.out)
    print(f"{arguments.out}: {model.model_id}, learnt from {learnt.decisions} decisions and {learnt.titles} titles")
    return 0


def read_labelled(export: str, labels: Path, settings: Settings) -> Data:
    """Return what the labelled documents of an export give to learn from."""
    folder = ExportFolder(export)
    documents = ((document, folder.reference(document)) for document in folder.documents())
    read = list(read_labels(labels))
    paired = pair_up(documents, read)
    lost = len(read) - sum(len(item.labels) for item in paired)
    if lost:
        _say(f"{lost} of {len(read)} labels name no document of the export, and are left out")
    examples: list[Example] = []
    piles: list[PagePile] = []
    for collected in collect(paired, settings, os.cpu_count() or 1):
        examples += collected.examples
        piles += collected.piles
    return examples, piles


def _rendered(work: Path, side: Side, employees: int, seed: int, settings: Settings) -> Data:
    """Return what an archive of this side gives; made and read once a working folder."""
    kept = work / f"{side}-{employees}-{seed}.examples.gz", work / f"{side}-{employees}-{seed}.piles.gz"
    if kept[1].exists():
        return load_examples(kept[0]), load_piles(kept[1])
    archive = work / f"{side}-{employees}-{seed}"
    if not (archive / "truth" / "archive.json").exists():
        _say(f"writing an archive of {employees} employments from {side} templates")
        write_archive(archive, employees=employees, seed=seed, side=side)
    _say("reading it")
    examples, piles = read_labelled(str(archive), archive / "truth" / "parts.csv", settings)
    save_lines(kept[0], examples)
    save_lines(kept[1], piles)
    return examples, piles


def _texts(side: Side, seed: int) -> list[Example]:
    drawn = draw_texts(templates_of(side), _TEXTS_A_TEMPLATE, seed)
    return [Example(part, code, template, "text") for part, code, template in drawn]


def _made_from(rendered: Sequence[Example], texts: Sequence[Example], own: Sequence[Example]) -> list[str]:
    """Return sentences on what a model was trained on."""
    templates = {(example.type, example.template) for example in (*rendered, *texts)}
    types = {code for code, _ in templates}
    labelled = [f"{len(own)} parts of labelled documents of an employer's own"] if own else []
    return [
        f"{len(templates)} templates of {len(types)} types (70 % of the corpus); the other 30 % were kept out",
        f"{len(rendered)} parts that were rendered as files and read back, most of them by OCR, whole and heads only",
        f"{len(texts)} parts as plain text",
        *labelled,
    ]


def _write(out: Path, data: bytes, card: str) -> None:
    """Write model and card; the model is there whole or not at all."""
    new = out.with_name(f".{out.name}.new")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(data)
        new.replace(out)
        (out.parent / "MODEL_CARD.md").write_text(card, "utf-8")
    except OSError as error:
        raise ConnectorError(f"{out}: cannot be written ({error.strerror}). Name another place with --out.") from None


def _by_source(examples: Sequence[Example], held: Held, seed: int) -> Mapping[str, Sequence[SourceFigures]]:
    """Return the accuracy by author of the templates: without the template, and without its author."""
    _say("training without each author of templates")
    return {
        "leave-templates-out": by_source(examples, held),
        "leave-source-out": by_source(examples, leave_source_out(Lesson.of(examples, seed), seed)),
    }


def _card(
    model: Labeller,
    made_from: Sequence[str],
    unseen: Sequence[Example],
    sources: Mapping[str, Sequence[SourceFigures]],
) -> str:
    figures = {
        "Templates unseen in training, rendered and read": evaluate(model, unseen),
        "The same without titles": evaluate(model, without_titles(unseen)),
        "The same with the title of another type": evaluate(model, with_wrong_titles(unseen)),
    }
    return model_card(model.model_id, made_from, figures, sources=sources)


@contextmanager
def _working_folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="sagstjek-train-") as name:
        yield Path(name)


def _say(text: str) -> None:
    sys.stderr.write(f"sagstjek: {text}\n")
