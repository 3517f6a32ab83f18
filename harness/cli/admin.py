"""What the commands that use the admin API of a running Fauxdoo share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from http.client import HTTPException
from typing import Any, TypeVar
from urllib.parse import urlencode

import click

from fauxdoo.harness.browser import Browser, Response
from fauxdoo.harness.cli.options import NOT_REACHED

__all__ = ["admin_options", "ask_admin", "server_options"]

_Command = TypeVar("_Command", bound=Callable[..., Any])


def admin_options(command: _Command) -> _Command:
    """`--url`, `--db` and `--admin-token`."""
    db = click.option("--db", default=None, help="Name of the database.  [default: the server's own]")
    return server_options(db(command))


def server_options(command: _Command) -> _Command:
    """`--url` and `--admin-token`."""
    command = click.option("--admin-token", default="", metavar="TOKEN", help="What /_fauxdoo/ asks for.")(command)
    url = click.option("--url", default="http://127.0.0.1:8069", show_default=True, help="Where Fauxdoo listens.")
    return url(command)


def ask_admin(url: str, token: str, verb: str, path: str, arguments: Mapping[str, Any] | None = None) -> Any:
    """What the admin API answers. Ends the command with 3 where nothing listens, with 2 where it refuses."""
    body = {name: value for name, value in (arguments or {}).items() if value is not None}
    if verb == "GET":
        path, body = f"{path}?{urlencode(body)}" if body else path, {}
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
        raise click.UsageError(f"{url}/_fauxdoo/{path} answers {response.status}: {_said(response)}")
    return response.json()


def _said(response: Response) -> str:
    """Why the admin API refused, as it says; of another server the beginning of its page."""
    try:
        return str(response.json()["error"])
    except (ValueError, KeyError, TypeError):
        return response.text[:200]
