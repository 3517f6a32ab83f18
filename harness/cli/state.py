"""`fauxdoo state`: what is in the databases of a running Fauxdoo, kept, compared and put back."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from html import unescape
from http.client import HTTPException
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

import click

from fauxdoo.harness.browser import Browser
from fauxdoo.harness.cli.options import DIFFERS, ENVIRONMENT, NOT_REACHED
from fauxdoo.harness.portable import differences

__all__ = ["state"]

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _server_options(command: _Command) -> _Command:
    """`--url`, `--db` and `--admin-token`."""
    command = click.option("--admin-token", default="", metavar="TOKEN", help="What /_fauxdoo/ asks for.")(command)
    command = click.option("--db", default=None, help="Name of the database.  [default: the server's own]")(command)
    url = click.option("--url", default="http://127.0.0.1:8069", show_default=True, help="Where Fauxdoo listens.")
    return url(command)


@click.group()
def state() -> None:
    """Keep, compare and put back what is in a database of a running Fauxdoo."""


@state.command(context_settings=ENVIRONMENT)
@_server_options
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file.  [default: print it]")
def export(url: str, db: str | None, admin_token: str, output: Path | None) -> None:
    """Write the records that differ from a fresh database as JSON."""
    text = json.dumps(_ask(url, admin_token, "GET", "state", db), indent=2, ensure_ascii=False) + "\n"
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, "utf-8")


@state.command("import", context_settings=ENVIRONMENT)
@_server_options
@click.argument("file", type=click.File(encoding="utf-8"))
def import_(url: str, db: str | None, admin_token: str, file: Any) -> None:
    """Put an exported FILE in: new records are made, those known by their xmlid are changed."""
    _ask(url, admin_token, "POST", "state", db, state=_loaded(file))


@state.command(context_settings=ENVIRONMENT)
@_server_options
@click.argument("before", type=click.File(encoding="utf-8"))
@click.argument("after", type=click.File(encoding="utf-8"), required=False)
def diff(url: str, db: str | None, admin_token: str, before: Any, after: Any) -> None:
    """Compare an exported BEFORE with another one, or with the server as it is now. Exit code 1: they differ."""
    now = _loaded(after) if after else _ask(url, admin_token, "GET", "state", db)
    lines = [*differences(_loaded(before), now)]
    for line in lines:
        click.echo(line)
    sys.exit(DIFFERS if lines else 0)


@state.command(context_settings=ENVIRONMENT)
@_server_options
def snapshot(url: str, db: str | None, admin_token: str) -> None:
    """Keep the present content in the server; prints the name that `restore` takes."""
    click.echo(_ask(url, admin_token, "POST", "snapshot", db)["name"])


@state.command(context_settings=ENVIRONMENT)
@_server_options
@click.argument("name")
def restore(url: str, db: str | None, admin_token: str, name: str) -> None:
    """Go back to the snapshot NAME."""
    _ask(url, admin_token, "POST", "restore", db, name=name)


@state.command(context_settings=ENVIRONMENT)
@_server_options
def reset(url: str, db: str | None, admin_token: str) -> None:
    """Go back to a server just started; with --db, that database only."""
    _ask(url, admin_token, "POST", "reset", db)


def _loaded(file: Any) -> Any:
    try:
        return json.load(file)
    except ValueError as error:
        raise click.UsageError(f"{file.name}: {error}") from None


def _ask(url: str, token: str, verb: str, path: str, db: str | None, **arguments: Any) -> Any:
    """What the admin API answers. Ends the command with 3 where nothing listens, with 2 where it refuses."""
    body = {**arguments, **({"db": db} if db else {})}
    if verb == "GET":
        path, body = f"{path}?{urlencode(body)}", {}
    browser = Browser(url)
    try:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        response = browser.request_json(verb, f"/_fauxdoo/{path}", body, headers)
    except (OSError, HTTPException) as error:
        click.echo(f"no Fauxdoo answers at {url}: {error}", err=True)
        sys.exit(NOT_REACHED)
    finally:
        browser.close()
    if response.status != 200:
        raise click.UsageError(f"{url}/_fauxdoo/{path} answers {response.status}: {_said(response.text)}")
    return response.json()


def _said(page: str) -> str:
    """The last paragraph of a page, without its marks."""
    return unescape(re.sub(r"<[^>]+>", " ", page.rpartition("<p>")[2]).strip())[:500]
