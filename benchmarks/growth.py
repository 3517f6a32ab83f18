"""How cost grows from a thousand to a million partners: `python -m benchmarks.growth [--plot FILE.svg] [COUNT…]`."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.searching import fill
from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.calls import Call

COUNTS = (1_000, 10_000, 100_000, 1_000_000)


def main() -> None:
    """Print a column per number of partners: medians in milliseconds, as the administrator."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw it too, on logarithmic scales")
    parser.add_argument("counts", nargs="*", type=int, default=COUNTS)
    options = parser.parse_args()
    counts = options.counts
    columns = [measured(count) for count in counts]
    print(f"{'ms, median':32s}" + "".join(f"{count:>12,}" for count in counts))
    for what in columns[0]:
        print(f"{what:32s}" + "".join(f"{column[what]:12.2f}" for column in columns))
    if options.plot:
        options.plot.write_bytes(plotted(counts, columns))


def plotted(counts: Sequence[int], columns: Sequence[dict[str, float]]) -> bytes:
    """A line per operation, as SVG without scripts."""
    import pygal

    chart = pygal.Line(
        logarithmic=True,
        js=(),
        width=900,
        height=480,
        title="Milliseconds by number of partners, in memory",
        x_labels=[f"{count:,}" for count in counts],
        legend_at_bottom=True,
        legend_at_bottom_columns=3,
    )
    for what in columns[0]:
        chart.add(what, [column[what] for column in columns])
    svg: bytes = chart.render()
    return svg


def measured(count: int) -> dict[str, float]:
    """The operations on a database with `count` partners more than a fresh one."""
    odoo = FakeOdoo()
    fill(odoo, count)
    found = {what: _timed(odoo, *call) for what, call in _calls(count).items()}
    odoo.close()
    return found


def _calls(count: int) -> dict[str, tuple[str, list[Any], dict[str, Any]]]:
    fields = ["name", "email", "country_id", "city"]
    prefix = [("name", "=like", f"Partner {count // 20:06}%")]
    return {
        "search ref = ...": ("search", [[("ref", "=", f"R{count // 2}")]], {}),
        "search name =like 'prefix%'": ("search", [prefix], {}),
        "search name ilike, limit 80": ("search", [[("name", "ilike", "partner")]], {"limit": 80}),
        "search country, limit 80": ("search", [[("country_id", "=", 57)]], {"limit": 80}),
        "search_read 80, ordered": ("search_read", [[], fields], {"limit": 80, "order": "name"}),
        "search_count of all": ("search_count", [[]], {}),
        "search_count of a country": ("search_count", [[("country_id", "=", 57)]], {}),
        "formatted_read_group by country": ("formatted_read_group", [[], ["country_id"], ["__count"]], {}),
        "create 10": ("create", [[{"name": f"New {number}"} for number in range(10)]], {}),
    }


def _timed(odoo: FakeOdoo, method: str, args: list[Any], kwargs: dict[str, Any]) -> float:
    call: Callable[[], Any] = lambda: odoo.dispatch.call_kw(  # noqa: E731
        Call("python", odoo.db, 2, "res.partner", method, args, kwargs)
    )
    call()
    times = []
    for _ in range(7):
        started = time.perf_counter()
        call()
        times.append((time.perf_counter() - started) * 1000)
    return median(times)


if __name__ == "__main__":
    main()
