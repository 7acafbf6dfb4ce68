"""Text templates: loading them, written whole or composed, and expanding them into the text of one document."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from random import Random
from typing import Any, Final

import yaml

from models.corpus.blocks import Block, parse_blocks, plain_text
from models.corpus.compose import PER_SCHOOL, compose, pools, read_fragments
from models.corpus.markup import STYLES, TRAIN_SHARE, Side, Template, check_markup, resolve
from models.corpus.scene import Scene
from sagstjek.errors import InputError, nearest
from sagstjek.taxonomy import taxonomy

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is ten times as fast
_FRAME: Final = "frame.yaml"
_ODD: Final = "-odd.yaml"
_REST: Final = "andet"
_WIDE: Final = 3
"""How many times as many templates are composed for the type that is everything else."""
_KEYS = frozenset({"id", "style", "era", "titles", "text", "kind"})


@dataclass(frozen=True, slots=True)
class Drawn:
    """A template expanded for one scene, with the truth about it.

    Attributes:
        title: as it would be journaled; without `/`.
        date: the document's date, where it is printed. valid_until: where it is printed.
    """

    template: Template
    scene: Scene
    title: str
    blocks: tuple[Block, ...]
    prints_cpr: bool
    prints_name: bool
    date: dt.date | None
    valid_until: dt.date | None

    @property
    def text(self) -> str:
        """The whole text, paragraphs unwrapped."""
        return plain_text(self.blocks)


@cache
def shipped_templates() -> tuple[Template, ...]:
    """Return every template that the package ships, by type and id."""
    root = files("models.corpus")
    found = [item for item in root.joinpath("templates").iterdir() if item.name.endswith(".yaml")]
    whole = load_templates([*found, root.joinpath("covers.yaml")])
    return tuple(sorted((*whole, *_composed(root.joinpath("fragments"))), key=lambda t: (t.type, t.id)))


def _composed(folder: Traversable) -> Iterator[Template]:
    """Yield the templates that the fragments of a folder compose."""
    frame = read_fragments(_FRAME, _yaml(folder.joinpath(_FRAME)))
    for item in folder.iterdir():
        if item.name.endswith(".yaml") and item.name != _FRAME and not item.name.endswith(_ODD):
            odd = folder.joinpath(item.name.replace(".yaml", _ODD))
            raw = _yaml(item) | (_yaml(odd) if odd.is_file() else {})
            for pool in pools(item.name, raw, frame):
                yield from compose(pool, PER_SCHOOL * (_WIDE if pool.type == _REST else 1))


def load_templates(sources: Sequence[Traversable]) -> tuple[Template, ...]:
    """Return the templates of these YAML files, ordered by type and id.

    Raises:
        InputError: a file does not follow the markup; names the file, the template and the word.
    """
    templates: dict[str, Template] = {}
    for source in sources:
        for template in _read(source):
            if template.id in templates:
                raise InputError(f"{source.name}: template id '{template.id}' is used twice; give it another")
            templates[template.id] = template
    return tuple(sorted(templates.values(), key=lambda t: (t.type, t.id)))


def _read(source: Traversable) -> list[Template]:
    raw = _yaml(source)
    if not isinstance(raw, dict) or not isinstance(raw.get("templates"), list):
        raise InputError(f"{source.name}: must hold 'type' and a list 'templates'")
    code = str(raw.get("type", ""))
    if code not in taxonomy():
        raise InputError(f"{source.name}: unknown type '{code}'{nearest(code, taxonomy())}")
    return [_template(f"{source.name}, template {n}", code, entry) for n, entry in enumerate(raw["templates"], 1)]


def _yaml(source: Traversable) -> Any:
    try:
        return yaml.load(source.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 (a safe one)
    except yaml.YAMLError as error:
        raise InputError(f"{source.name}: is not YAML: {error}") from error


def _template(place: str, code: str, raw: object) -> Template:
    if not isinstance(raw, dict):
        raise InputError(f"{place}: must be a mapping with id, style, era, titles and text")
    place = f"{place} ('{raw.get('id', '?')}')"
    for key in raw:
        if key not in _KEYS:
            raise InputError(f"{place}: unknown key '{key}'{nearest(str(key), _KEYS)}")
    missing = sorted({"id", "style", "era", "titles", "text"} - raw.keys())
    if missing:
        raise InputError(f"{place}: lacks {', '.join(missing)}")
    if raw["style"] not in STYLES:
        raise InputError(f"{place}: unknown style '{raw['style']}'{nearest(str(raw['style']), STYLES)}")
    era = raw["era"]
    if not (
        isinstance(era, list) and len(era) == 2 and all(isinstance(y, int) for y in era) and 1970 <= era[0] <= era[1]
    ):
        raise InputError(f"{place}: era must be two years, the first not after the second, like [1999, 2014]")
    titles = raw["titles"]
    if not (isinstance(titles, list) and titles):
        raise InputError(f"{place}: titles must be a list with at least one title")
    for text in (*map(str, titles), str(raw["text"])):
        check_markup(place, text)
    return Template(
        str(raw["id"]),
        code,
        raw["style"],
        (era[0], era[1]),
        tuple(map(str, titles)),
        str(raw["text"]),
        str(raw.get("kind", "")),
    )


def expand(template: Template, scene: Scene, rng: Random) -> Drawn:
    """Return one document in the words of the template about the scene."""
    text, used = resolve(template.text, scene.slots, rng)
    title, _ = resolve(rng.choice(template.titles), scene.slots, rng)
    return Drawn(
        template,
        scene,
        " ".join(title.split()),
        parse_blocks(text),
        prints_cpr=not used.isdisjoint({"cpr", "cpr_uden"}),
        prints_name="navn" in used or {"fornavn", "efternavn"} <= used,
        date=scene.date if not used.isdisjoint({"dato", "dato_kort", "dato_punkt"}) else None,
        valid_until=scene.valid_until
        if not used.isdisjoint({"gyldig_til", "gyldig_til_kort", "gyldig_til_punkt"})
        else None,
    )


def sides(templates: Sequence[Template]) -> dict[str, Side]:
    """Return the side of each template by id: a composed one's own; of the others of a type, 70 % by hash train."""
    by_type: dict[str, list[str]] = {}
    found: dict[str, Side] = {}
    for template in templates:
        if template.side:
            found[template.id] = template.side
        else:
            by_type.setdefault(template.type, []).append(template.id)
    for ids in by_type.values():
        ranked = sorted(ids, key=lambda i: hashlib.sha256(i.encode()).hexdigest())
        cut = max(1, min(len(ranked) - 1, round(len(ranked) * TRAIN_SHARE)))
        found |= {template_id: "train" if n < cut else "unseen" for n, template_id in enumerate(ranked)}
    return found


@cache
def _shipped_sides() -> dict[str, Side]:
    return sides(shipped_templates())


def side(template_id: str) -> Side:
    """Return the side of a shipped template."""
    return _shipped_sides()[template_id]


def templates_of(chosen: Side) -> tuple[Template, ...]:
    """Return the shipped templates of one side."""
    return tuple(template for template in shipped_templates() if side(template.id) == chosen)
