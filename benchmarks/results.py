"""A measured value beside its goal, and the table of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import median

__all__ = ["Result", "against", "ratio", "table", "upper"]


@dataclass(frozen=True, slots=True)
class Result:
    """One row: what was measured, the values behind it, the value that has a goal."""

    what: str
    measured: str
    value: str
    goal: str
    met: bool


def ratio(what: str, ours: list[float], bare: list[float], goal: float) -> Result:
    """Our requests a second against those of the bare thing, by their medians."""
    share = median(ours) / median(bare)
    return Result(
        what, f"{median(ours):,.0f} against {median(bare):,.0f} /s", f"{share:.2f}", f"≥ {goal}", share >= goal
    )


def against(what: str, ours: list[float], other: list[float]) -> Result:
    """The same where there is no goal."""
    return replace(ratio(what, ours, other, 0.0), goal="")


def upper(what: str, values: list[float], unit: str, goal: float, measured: str = "") -> Result:
    """The median of values that have an upper limit."""
    value = median(values)
    return Result(
        what, measured or f"median of {len(values)}", f"{value:.2f} {unit}", f"< {goal:g} {unit}", value < goal
    )


def table(results: Iterable[Result]) -> str:
    """The rows in columns."""
    head = ("what", "measured", "value", "goal", "")
    rows = [head, *((r.what, r.measured, r.value, r.goal, _verdict(r)) for r in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _verdict(result: Result) -> str:
    return "" if not result.goal else "met" if result.met else "missed"
