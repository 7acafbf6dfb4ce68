"""A plan as a table for the terminal."""

from collections.abc import Iterator, Mapping
from typing import Any


def lines(plan: Mapping[str, Any]) -> Iterator[str]:
    """Yield the plan for the terminal."""
    estimates, documents = plan["estimates"], plan["documents"]
    yield f"{documents:,} documents: {plan['looked_at']:,} looked at, {plan['sample']:,} read; with 95 % intervals"
    yield f"{'core-hours':34} {_shown(estimates['core_hours'])}"
    yield f"{'GB':34} {_shown(_times(estimates['bytes'], 1e-9))}"
    yield f"{'pages, of formats that have them':34} {_shown(estimates['pages'])}"
    yield f"{'parts':34} {_shown(estimates['parts'])}"
    yield f"{'parts for review':34} {_shown(estimates['review'])}"
    yield f"{'unreadable documents, %':34} {_shown(_times(plan['unreadable_share'], 100))}"
    for one in plan["machines"]:
        many = f"{one['machines']} machines" if one["machines"] > 1 else "1 machine"
        name = f"hours on {many} of {one['cores']} cores"
        yield f"{name:34} {_shown(one['hours'])}"
    if cost := plan["cost"]:
        name = f"kroner, at {cost['price']:g} a core-hour"
        yield f"{name:34} {_shown(cost)}"
    yield ""
    yield f"{'format':20} {'documents':>12} {'GB':>9} {'read':>6} {'seconds each':>13}"
    for media, row in plan["formats"].items():
        seconds = f"{row['seconds']:.2f}" if row["read"] else "none read"
        yield f"{media:20} {row['documents']:12,.0f} {row['bytes'] / 1e9:9.3f} {row['read']:6} {seconds:>13}"


def _times(estimate: Mapping[str, float], factor: float) -> dict[str, float]:
    return {name: value * factor for name, value in estimate.items()}


def _shown(estimate: Mapping[str, float]) -> str:
    return f"{_figure(estimate['value']):>10}  ({_figure(max(estimate['low'], 0.0))} - {_figure(estimate['high'])})"


def _figure(value: float) -> str:
    """Return a number with three figures that count.

    >>> _figure(0.01234), _figure(12.34), _figure(123456)
    ('0.0123', '12.3', '123,456')
    """
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
