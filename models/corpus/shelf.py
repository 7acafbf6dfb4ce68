"""The templates at hand: which one fits a type, a year and a kind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from models.corpus.markup import Template
from models.corpus.wishes import Wish

_ALTERNATIVE = re.compile(r"\[\[.*?\]\](?!\])", re.DOTALL)
_COVER = "cover-"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Templates by type; covers, the bodies of mails that only carry attachments, apart."""

    by_type: dict[str, tuple[Template, ...]] = field(repr=False)
    covers: tuple[Template, ...] = field(repr=False)
    by_id: dict[str, Template] = field(repr=False)

    @classmethod
    def of(cls, templates: Sequence[Template]) -> "Shelf":
        """Return the shelf of these templates."""
        by_type: dict[str, tuple[Template, ...]] = {}
        for template in templates:
            if not template.id.startswith(_COVER):
                by_type[template.type] = (*by_type.get(template.type, ()), template)
        covers = tuple(template for template in templates if template.id.startswith(_COVER))
        return cls(by_type, covers, {template.id: template for template in templates})

    def find(self, wish: Wish, rng: Random, *, anyhow: bool) -> Template | None:
        """Return a template for a document, or None when no template has its year.

        Args:
            wish: type, date and kinds.
            rng: draws among those that fit.
            anyhow: take the nearest year then, because the document must exist.
        """
        known = [t for t in self.by_type.get(wish.type, ()) if t.kind not in wish.refuse]
        fitting = [t for t in known if distance(t, wish.date.year) == 0]
        if not fitting and anyhow and known:
            nearest = min(distance(t, wish.date.year) for t in known)
            fitting = [t for t in known if distance(t, wish.date.year) == nearest]
        for better in (
            [t for t in fitting if t.kind in wish.prefer],
            [t for t in fitting if wish.valid_until and "{gyldig_til" in t.text],
        ):
            fitting = better or fitting
        return rng.choice(fitting) if fitting else None

    def cover(self, year: int, rng: Random) -> Template:
        """Return the body of a mail of about that year."""
        return rng.choice([t for t in self.covers if distance(t, year) == 0] or self.covers)


def distance(template: Template, year: int) -> int:
    """Return how many years a year lies outside the template's era; 0 within."""
    first, last = template.era
    return max(first - year, year - last, 0)


def always_prints_cpr(template: Template) -> bool:
    """Return whether every document of the template shows the person's CPR number."""
    fixed = _ALTERNATIVE.sub("", template.text)
    return "{cpr}" in fixed or "{cpr_uden}" in fixed
