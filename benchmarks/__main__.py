"""Prints the table: `python -m benchmarks [--partners 1000000]`; ends with 1 when a goal is missed."""

from __future__ import annotations

import argparse
import sys

from benchmarks import http, searching, starting
from benchmarks.results import table


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--partners", type=int, default=1_000_000, help="how many partners to search among")
    options = parser.parse_args()
    results = [*http.measure(), *starting.measure(), *searching.measure(options.partners)]
    print(table(results))
    sys.exit(not all(result.met for result in results))


main()
