"""`fauxdoo capacity`: a capacity profile of a measured sample."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from fauxdoo.contracts import capacities
from fauxdoo.harness.cli.options import ENVIRONMENT

__all__ = ["capacity"]


@click.command(context_settings=ENVIRONMENT)
@click.option("--like", default="odoo-default", show_default=True, type=click.Choice([*capacities()]))
@click.option("--workers", type=click.IntRange(1), help="Of the server that was measured.  [default: of --like]")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="[default: print it]")
@click.argument("samples", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def capacity(samples: tuple[Path, ...], like: str, workers: int | None, output: Path | None) -> None:
    """Make a capacity profile, for `fauxdoo serve --capacity`, of SAMPLES that `fauxdoo load --json` wrote.

    The sample is to be of a real Odoo with one user: nobody queues there, so that median and 95th percentile of each
    method are the time that it keeps a worker. Limits are those of --like.
    """
    profile = {**capacities()[like], "about": f"Times of {', '.join(sample.name for sample in samples)}"}
    if workers is not None:
        profile["workers"] = workers
    rows = [row for sample in samples for row in _rows(sample)]
    profile["service"] = _services(rows)
    text = json.dumps(profile, indent=2, ensure_ascii=False)
    if output is None:
        click.echo(text)
    else:
        output.write_text(text + "\n", "utf-8")
        click.echo(f"{len(profile['service']) - 1} methods in {output}")


def _rows(sample: Path) -> list[Mapping[str, Any]]:
    try:
        found = json.loads(sample.read_bytes())
        rows = [{**row, "method": row["name"].split()[-1]} for row in found["rows"]]
        if any(moment["users"] > 1 for moment in found["history"]):
            click.echo(f"{sample}: more than one user: what they waited for each other counts as service", err=True)
        return [*rows, {**found["total"], "method": "*"}]
    except (ValueError, LookupError, TypeError, AttributeError):
        raise click.UsageError(f"{sample} is not what `fauxdoo load --json` writes") from None


def _services(rows: list[Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Seconds by method; of a method that came over several protocols those of the one with most requests."""
    services: dict[str, dict[str, float]] = {}
    for row in sorted(rows, key=lambda row: int(row["requests"]) - int(row["failures"])):
        if row["failures"] < row["requests"] and ("." in row["method"] or row["method"] == "*"):
            services[row["method"]] = {"median": row["p50"] / 1000, "p95": row["p95"] / 1000}
    return dict(sorted(services.items()))
