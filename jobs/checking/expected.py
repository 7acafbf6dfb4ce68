"""How many gaps are false and how many are missed, by the machine's own word: what calibration expects."""

from collections.abc import Iterable
from dataclasses import dataclass

from scipy.stats import poisson

from jobs.sampling import Estimate
from sagstjek.findings import Finding, Outcome


@dataclass(frozen=True, slots=True)
class Expected:
    """Expected numbers of gaps that are wrong.

    Attributes:
        false: reported as missing, but there after all.
        missed: reported as fulfilled, but not there.
    """

    false: Estimate
    missed: Estimate


def expected(findings: Iterable[Finding]) -> Expected:
    """Return the sums of the probabilities of error, with 95 % intervals.

    Many small chances that do not depend on one another add up to a Poisson number (Le Cam, 1960). Errors of one
    cause, such as a form that the model does not know, come together: then the truth lies outside more often.
    """
    sums = {Outcome.MISSING: 0.0, Outcome.FULFILLED: 0.0}
    for finding in findings:
        if finding.outcome in sums:
            sums[finding.outcome] += 1 - finding.confidence
    return Expected(*(_poisson(sums[outcome]) for outcome in (Outcome.MISSING, Outcome.FULFILLED)))


def _poisson(mean: float) -> Estimate:
    if mean <= 0:
        return Estimate(0.0, 0.0, 0.0)
    low, high = poisson.interval(0.95, mean)
    return Estimate(mean, float(low), float(high))
