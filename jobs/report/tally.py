"""How findings are counted: what is open is never counted as missing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from models.evaluate import Share
from sagstjek.findings import Outcome

GAPS: Final = (Outcome.MISSING, Outcome.MISFILED, Outcome.LATE, Outcome.EXPIRED)
OPEN: Final = (Outcome.UNCERTAIN, Outcome.UNASSESSABLE)


def is_gap(outcome: Outcome) -> bool:
    """Whether an outcome is known not to be fulfilled."""
    return outcome in GAPS


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings came to each outcome. Prohibitions are counted elsewhere."""

    fulfilled: int = 0
    late: int = 0
    expired: int = 0
    misfiled: int = 0
    missing: int = 0
    uncertain: int = 0
    unassessable: int = 0

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> "Tally":
        """Return the counts of outcomes."""
        counts = Counter(outcomes)
        return cls(**{name: counts[Outcome(name)] for name in cls.__slots__})

    def count(self, outcome: Outcome) -> int:
        """Return how many came to an outcome."""
        return int(getattr(self, outcome.value))

    @property
    def gaps(self) -> int:
        """Known not to be fulfilled."""
        return sum(map(self.count, GAPS))

    @property
    def open(self) -> int:
        """Neither known to be fulfilled nor known not to be."""
        return sum(map(self.count, OPEN))

    @property
    def assessed(self) -> int:
        """Fulfilled or known not to be."""
        return self.fulfilled + self.gaps

    @property
    def total(self) -> int:
        """All findings."""
        return self.assessed + self.open

    @property
    def share(self) -> Share:
        """The degree of fulfilment: fulfilled of assessed."""
        return Share(self.fulfilled, self.assessed)

    @property
    def lack(self) -> Share:
        """Gaps of assessed."""
        return Share(self.gaps, self.assessed)

    @property
    def span(self) -> tuple[float, float]:
        """The degree of fulfilment if all that is open is a gap, and if all of it is fulfilled; 0-1."""
        if not self.total:
            return (0.0, 1.0)
        return (self.fulfilled / self.total, (self.fulfilled + self.open) / self.total)
