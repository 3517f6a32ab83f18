"""Prints the table: `python -m benchmarks [--partners 1000000]`; ends with 1 when a goal is missed."""

from __future__ import annotations

import argparse
import sys

from benchmarks import comparing, http, searching, starting
from benchmarks.results import table


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--partners", type=int, default=1_000_000, help="how many partners to search among")
    url = "of a server to measure too: postgresql://USER@HOST/DB; the schemas it makes there stay"
    parser.add_argument("--postgresql", default="", metavar="URL", help=url)
    options = parser.parse_args()
    results = [*http.measure(), *starting.measure(), *searching.measure(options.partners)]
    results += comparing.measure(options.postgresql)
    print(table(results))
    sys.exit(not all(result.met for result in results))


main()
