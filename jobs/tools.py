"""What a reading process is made of: settings, model, people; small enough to send to every worker."""

import dataclasses
from dataclasses import dataclass, field

from models.labeller import Labeller, load_model
from pipeline.attribute import People
from pipeline.document import Tools
from pipeline.ocr.engine import OcrEngine
from pipeline.ocr.opening import open_engine
from sagstjek.settings import Settings


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything a worker needs beside the document.

    Attributes:
        model: the bytes of a model file; None for the shipped one.
        key: secret of the audit, for keyed hashes.
        version, deciding: the step version, and what types are decided with, that the driver worked out; a worker
            that comes to other ones is refused.
    """

    settings: Settings
    people: People = field(repr=False)
    key: bytes = field(repr=False)
    model: bytes | None = field(default=None, repr=False)
    version: str = ""
    deciding: str = ""


def versioned(setup: Setup) -> tuple[Setup, Tools]:
    """Return the setup with the versions of its tools, and the tools.

    Raises:
        ProgramError, ModelError: as for `make_tools`.
    """
    tools = make_tools(setup)
    return dataclasses.replace(setup, version=tools.version, deciding=tools.deciding), tools


def make_tools(setup: Setup, engine: OcrEngine | None = None, model: Labeller | None = None) -> Tools:
    """Return the tools of a reading process: engine and model are loaded here, once.

    Raises:
        ProgramError: the OCR engine or its language is not installed.
        ModelError: the model is damaged.
    """
    model = model or load_model(setup.model)
    return Tools(
        engine or open_engine(setup.settings.ocr_engine, setup.settings.languages),
        model,
        model,
        setup.people,
        setup.settings,
        setup.key,
    )
