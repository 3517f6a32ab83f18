"""`fauxdoo state`: what is in the databases of a running Fauxdoo, kept, compared and put back."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from fauxdoo.harness.cli.admin import admin_options, ask_admin
from fauxdoo.harness.cli.options import DIFFERS, ENVIRONMENT
from fauxdoo.harness.portable import differences

__all__ = ["state"]


@click.group()
def state() -> None:
    """Keep, compare and put back what is in a database of a running Fauxdoo."""


@state.command(context_settings=ENVIRONMENT)
@admin_options
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file.  [default: print it]")
def export(url: str, db: str | None, admin_token: str, output: Path | None) -> None:
    """Write the records that differ from a fresh database as JSON."""
    text = json.dumps(ask_admin(url, admin_token, "GET", "state", {"db": db}), indent=2, ensure_ascii=False) + "\n"
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, "utf-8")


@state.command("import", context_settings=ENVIRONMENT)
@admin_options
@click.argument("file", type=click.File(encoding="utf-8"))
def import_(url: str, db: str | None, admin_token: str, file: Any) -> None:
    """Put an exported FILE in: new records are made, those known by their xmlid are changed."""
    ask_admin(url, admin_token, "POST", "state", {"db": db, "state": _loaded(file)})


@state.command(context_settings=ENVIRONMENT)
@admin_options
@click.argument("before", type=click.File(encoding="utf-8"))
@click.argument("after", type=click.File(encoding="utf-8"), required=False)
def diff(url: str, db: str | None, admin_token: str, before: Any, after: Any) -> None:
    """Compare an exported BEFORE with another one, or with the server as it is now. Exit code 1: they differ."""
    now = _loaded(after) if after else ask_admin(url, admin_token, "GET", "state", {"db": db})
    lines = [*differences(_loaded(before), now)]
    for line in lines:
        click.echo(line)
    sys.exit(DIFFERS if lines else 0)


@state.command(context_settings=ENVIRONMENT)
@admin_options
def snapshot(url: str, db: str | None, admin_token: str) -> None:
    """Keep the present content in the server; prints the name that `restore` takes."""
    click.echo(ask_admin(url, admin_token, "POST", "snapshot", {"db": db})["name"])


@state.command(context_settings=ENVIRONMENT)
@admin_options
@click.argument("name")
def restore(url: str, db: str | None, admin_token: str, name: str) -> None:
    """Go back to the snapshot NAME."""
    ask_admin(url, admin_token, "POST", "restore", {"db": db, "name": name})


@state.command(context_settings=ENVIRONMENT)
@admin_options
def reset(url: str, db: str | None, admin_token: str) -> None:
    """Go back to a server just started; with --db, that database only."""
    ask_admin(url, admin_token, "POST", "reset", {"db": db})


def _loaded(file: Any) -> Any:
    try:
        return json.load(file)
    except ValueError as error:
        raise click.UsageError(f"{file.name}: {error}") from None
