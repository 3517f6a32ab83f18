"""The `fauxdoo` command: `serve` a fake Odoo, `verify` a server against recordings of a real one."""

from __future__ import annotations

import ipaddress
import json
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from fauxdoo.contracts import UnknownModule, selected
from fauxdoo.contracts import recordings as own_recordings
from fauxdoo.harness import serving
from fauxdoo.harness.clients import CLIENTS, Target
from fauxdoo.harness.recordings import load
from fauxdoo.harness.verifier import ServerNotReached
from fauxdoo.harness.verifier import verify as verify_recordings
from fauxdoo.mockserver import Settings

__all__ = ["main"]

_DIFFERS, _NOT_REACHED = 1, 3
"""Exit codes besides click's own: 0 as wished, 2 wrong usage."""

_ENVIRONMENT = {"auto_envvar_prefix": "FAUXDOO"}

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _names(_context: click.Context, _option: click.Parameter, value: str) -> tuple[str, ...]:
    """What stands between commas."""
    return tuple(filter(None, map(str.strip, value.split(","))))


def _api_key_options(command: _Command) -> _Command:
    """`--api-key KEY` and `--api-key-env VAR`, wherever a key is taken."""
    command = click.option("--api-key-env", metavar="VAR", help="The environment variable that holds the key.")(command)
    return click.option("--api-key", metavar="KEY", help="API key of the administrator.")(command)


@click.group()
@click.version_option(package_name="fauxdoo")
def main() -> None:
    """A fake Odoo for tests, and the harness that proves it.

    Every option is an environment variable too: --api-key is FAUXDOO_API_KEY. Exit codes: 0 as wished, 1 something
    differs, 2 wrong usage, 3 a server was not reached.
    """


@main.command(context_settings=_ENVIRONMENT)
@click.option("-H", "--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("-p", "--port", default=8069, show_default=True, type=click.IntRange(0, 65535), help="0: a free one.")
@click.option("--db", default="odoo", show_default=True, help="Name of the database.")
@click.option("--login", default="admin", show_default=True, help="Login of the administrator.")
@click.option("--password", default="admin", show_default=True, help="Password of the administrator.")
@_api_key_options
@click.option(
    "--dialect",
    default="guide",
    show_default=True,
    type=click.Choice(["guide", "odoo"]),
    help="Where the API guide and a real Odoo 19 differ, whom to follow.",
)
@click.option(
    "--modules",
    default="",
    callback=_names,
    metavar="NAME,...",
    help="Installed apps, such as sale,stock, with what they need.  [default: all]",
)
@click.option("--demo", is_flag=True, help="Start with a small company: partners, products, quotations, leads.")
@click.option("--store", default=":memory:", show_default=True, metavar="FILE", help="Where the records are kept.")
@click.option("--admin-token", default="", metavar="TOKEN", help="What /_fauxdoo/ asks for as a bearer token.")
@click.option("--json", "json", is_flag=True, help="Print where it listens as one line of JSON.")
def serve(json: bool, api_key: str | None, api_key_env: str | None, **settings: Any) -> None:
    """Serve a fake Odoo until SIGTERM or SIGINT (Ctrl-C).

    Prints where it listens, the database, the login and the API key as soon as it answers. Without a key given, a new
    one is made.
    """
    if not _is_loopback(settings["host"]) and not settings["admin_token"]:
        raise click.UsageError("listening beyond this machine needs an --admin-token: anyone could reset it")
    key = _api_key(api_key, api_key_env) or secrets.token_hex(20)
    try:
        selected(settings["modules"])
        serving.serve(Settings(**settings, api_key=key), _announce_json if json else _announce)
    except (UnknownModule, serving.GranianMissing, serving.PortTaken) as error:
        raise click.UsageError(str(error)) from error


@main.command(context_settings=_ENVIRONMENT)
@click.option("--url", required=True, help="Where the server listens.")
@click.option("--db", required=True, help="Name of the database.")
@click.option("--login", default="admin", show_default=True, help="Login of an administrator.")
@click.option("--password", default="admin", show_default=True, help="Password of the administrator.")
@_api_key_options
@click.option("--only", default="", metavar="PREFIX", help="Only the cases whose name begins so.")
@click.option("--via", type=click.Choice(sorted(CLIENTS)), help="The protocol of the steps that name none.")
@click.option("--strict-code", is_flag=True, help="Compare JSON-RPC's error.code too, which is a matter of dialect.")
@click.option("-v", "--verbose", is_flag=True, help="Print each difference, wanted and got.")
@click.argument("recordings", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(
    url: str,
    db: str,
    login: str,
    password: str,
    api_key: str | None,
    api_key_env: str | None,
    only: str,
    via: str | None,
    strict_code: bool,
    verbose: bool,
    recordings: tuple[Path, ...],
) -> None:
    """Replay RECORDINGS of a real Odoo against a server and compare the answers.

    Without RECORDINGS those that come along: a fresh Odoo 19.0 with sales, stock, purchase, accounting, CRM and
    project. They make records of their own: replay them on a database that is there for it.
    """
    target = Target(url, db, login, password, _api_key(api_key, api_key_env))
    try:
        cases = load(recordings or own_recordings(), only)
        report = verify_recordings(target, cases, via=via, strict_code=strict_code)
    except ServerNotReached as error:
        click.echo(str(error), err=True)
        sys.exit(_NOT_REACHED)
    if verbose:
        click.echo("".join(f"{difference}\n" for difference in report.differences), nl=False)
    click.echo(report.table())
    sys.exit(0 if report.ok else _DIFFERS)


def _api_key(key: str | None, variable: str | None) -> str:
    if variable and not key:
        if variable not in os.environ:
            raise click.UsageError(f"the environment has no variable {variable}")
        return os.environ[variable]
    return key or ""


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _access(settings: Settings) -> dict[str, str]:
    return {
        "url": serving.url_of(settings),
        "db": settings.db,
        "login": settings.login,
        "password": settings.password,
        "api_key": settings.api_key,
        "dialect": settings.dialect,
    }


def _announce(settings: Settings) -> None:
    access = _access(settings)
    click.echo(f"Fauxdoo listens at {access.pop('url')}")
    for name, value in access.items():
        click.echo(f"  {name:8s} {value}")
    sys.stdout.flush()


def _announce_json(settings: Settings) -> None:
    click.echo(json.dumps({**_access(settings), "pid": os.getpid()}))
    sys.stdout.flush()
