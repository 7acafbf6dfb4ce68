"""`sagstjek train`: a model from the synthetic corpus, and from labelled documents of a customer.

The corpus is written as files, and read as the audit reads them, so that the model learns what OCR and
readers really give. Half of what it is told about itself comes from templates that it never saw.
"""

import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from connectors.export_folder import ExportFolder
from connectors.labels import read_labels
from jobs.collect import collect, pair_up
from jobs.options import settings_of
from models.artefact import read_artefact, write_artefact
from models.card import model_card
from models.corpus.archive import write_archive
from models.corpus.grammar import Side, templates_of
from models.corpus.texts import draw_texts
from models.dataset import Example, PagePile, load_examples, load_piles, save_lines
from models.evaluate import evaluate, with_wrong_titles, without_titles
from models.labeller import Labeller, from_artefact, to_artefact
from models.train import train
from sagstjek.errors import InputError
from sagstjek.settings import Settings

_TEXTS_A_TEMPLATE: Final = 12
_WORKERS: Final = 2
Data = tuple[list[Example], list[PagePile]]


def run(arguments: Namespace) -> int:
    """Train, evaluate on unseen templates, write the model and its card."""
    if bool(arguments.export) != bool(arguments.labels):
        raise InputError("--export and --labels belong together: the documents, and what they are.")
    settings, _ = settings_of(arguments)
    out = arguments.out or Path(__file__).parent.parent / "models" / "shipped" / "model.sagstjek"
    with _working_folder(arguments.work) as work:
        examples, piles = _rendered(work, "train", arguments.employees, arguments.seed, settings)
        rendered = len(examples)
        examples += _texts("train", arguments.seed)
        if arguments.export:
            more, more_piles = read_labelled(arguments.export, arguments.labels, settings)
            examples, piles = examples + more, piles + more_piles
        _say(f"training on {len(examples)} parts of {len({e.template for e in examples})} templates")
        model, _ = train(examples, piles, arguments.seed)
        data = write_artefact(to_artefact(model))
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(data)
        unseen, _ = _rendered(work, "unseen", max(arguments.employees // 3, 20), arguments.seed + 1, settings)
        card = _card(from_artefact(read_artefact(data)), examples, rendered, unseen)
        (out.parent / "MODEL_CARD.md").write_text(card, "utf-8")
    _say(f"wrote {out.name} ({len(data) / 1e6:.1f} MB) and MODEL_CARD.md")
    print(card)
    return 0


def read_labelled(export: str, labels: Path, settings: Settings) -> Data:
    """Return what the labelled documents of an export give to learn from."""
    folder = ExportFolder(export)
    documents = ((document, folder.reference(document)) for document in folder.documents())
    examples: list[Example] = []
    piles: list[PagePile] = []
    for collected in collect(pair_up(documents, read_labels(labels)), settings, _WORKERS):
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


def _card(model: Labeller, examples: Sequence[Example], rendered: int, unseen: Sequence[Example]) -> str:
    templates = {e.template for e in examples}
    made_from = (
        f"{len(templates)} templates of 38 types (70 % of the corpus); the other 30 % were kept out",
        f"{rendered} parts that were rendered as files and read back, most of them by OCR, whole and heads only",
        f"{len(examples) - rendered} parts as plain text",
    )
    figures = {
        "Templates unseen in training, rendered and read": evaluate(model, unseen),
        "The same without titles": evaluate(model, without_titles(unseen)),
        "The same with the title of another type": evaluate(model, with_wrong_titles(unseen)),
    }
    return model_card(model.model_id, made_from, figures)


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
