"""`fauxdoo serve`: a fake Odoo on a port until it is stopped."""

from __future__ import annotations

import ipaddress
import json
import os
import secrets
import sys
from collections.abc import Mapping
from typing import Any

import click

from fauxdoo.contracts import UnknownModule, UnreadableCatalogue, catalogue_for
from fauxdoo.harness import serving
from fauxdoo.harness.cli.options import ENVIRONMENT, api_key_of, api_key_options, names
from fauxdoo.mockserver import Settings, User
from fauxdoo.mockserver.capacity import UnknownCapacity, capacity_of
from fauxdoo.mockserver.certificates import TrustmeMissing
from fauxdoo.mockserver.errors import DatabaseError, PostgresMissing
from fauxdoo.mockserver.faults import Fault

__all__ = ["serve"]


def _users(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[User, ...]:
    """What `LOGIN:GROUP,GROUP` stands for; without groups an internal user."""
    users = []
    for text in value:
        login, _colon, groups = text.partition(":")
        if not login:
            raise click.BadParameter(f"{text!r} has no login")
        users.append(User(login, groups=tuple(groups.split(","))) if groups else User(login))
    return tuple(users)


def _faults(
    _context: click.Context, _option: click.Parameter, values: tuple[str, ...]
) -> tuple[Mapping[str, Any], ...]:
    """The faults that `KIND:NAME=VALUE,...` name."""
    specs = tuple(_fault(value) for value in values)
    try:
        for spec in specs:
            Fault.from_spec(spec)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    return specs


def _fault(text: str) -> Mapping[str, Any]:
    kind, _, rest = text.partition(":")
    pairs = (pair.partition("=") for pair in rest.split(",") if pair)
    return {"kind": kind, **{name.strip(): _value(value) for name, _, value in pairs}}


def _value(text: str) -> Any:
    """A number or a truth value where it reads as one in JSON, else the text."""
    try:
        return json.loads(text)
    except ValueError:
        return text


@click.command(context_settings=ENVIRONMENT)
@click.option("-H", "--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("-p", "--port", default=8069, show_default=True, type=click.IntRange(0, 65535), help="0: a free one.")
@click.option("--db", default="odoo", show_default=True, help="Name of the database.")
@click.option("--login", default="admin", show_default=True, help="Login of the administrator.")
@click.option("--password", default="admin", show_default=True, help="Password of the administrator.")
@api_key_options
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
    callback=names,
    metavar="NAME,...",
    help="Installed apps, such as sale,stock, with what they need.  [default: all]",
)
@click.option(
    "--catalogue", default="", metavar="FOLDER", help="Models as `fauxdoo contract pull` read them from an Odoo."
)
@click.option("--demo", is_flag=True, help="Start with a small company: partners, products, quotations, leads.")
@click.option(
    "--seed",
    "seeds",
    multiple=True,
    metavar="FILE",
    help="Start with the records of a JSON or YAML file, or of a function `module:name`. May be given several times.",
)
@click.option("--lang", default="", metavar="CODE", help="Active beside English, and the administrator's: de_DE.")
@click.option(
    "--store",
    default=":memory:",
    show_default=True,
    metavar="FILE|URL",
    help="Where the records are kept: a file, or a PostgreSQL database, postgresql://USER@HOST/DB.",
)
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes that serve; several need a --store that they can share.",
)
@click.option(
    "--capacity",
    default="",
    metavar="NAME|FILE",
    help="Take the workers and the time of a real Odoo: odoo-default, odoo-4-workers, odoo.sh-small, or a YAML file.",
)
@click.option(
    "--user",
    "users",
    multiple=True,
    callback=_users,
    metavar="LOGIN[:GROUP,...]",
    help="Start with a user, whose password is the login, in groups such as stock.group_stock_user. "
    "May be given several times.",
)
@click.option("--no-list-db", "list_db", flag_value=False, default=True, help="Nobody may list or manage databases.")
@click.option(
    "--fault",
    "faults",
    multiple=True,
    callback=_faults,
    metavar="KIND[:NAME=VALUE,...]",
    help="Start with a failure: page:status=504,count=1,method=create. May be given several times.",
)
@click.option(
    "--validate",
    is_flag=True,
    help="Check all traffic against the schemas; /_fauxdoo/violations tells.",
)
@click.option("--tls", is_flag=True, help="Serve HTTPS; clients are to trust the CA file that is printed.")
@click.option("--admin-token", default="", metavar="TOKEN", help="What /_fauxdoo/ asks for as a bearer token.")
@click.option("--json", "json", is_flag=True, help="Print where it listens as one line of JSON.")
def serve(json: bool, api_key: str | None, api_key_env: str | None, workers: int, **settings: Any) -> None:
    """Serve a fake Odoo until SIGTERM or SIGINT (Ctrl-C).

    Prints where it listens, the database, the login and the API key as soon as it answers. Without a key given, a new
    one is made.
    """
    if not _is_loopback(settings["host"]) and not settings["admin_token"]:
        raise click.UsageError("listening beyond this machine needs an --admin-token: anyone could reset it")
    if workers > 1 and settings["store"] == Settings().store:
        raise click.UsageError(f"{workers} workers cannot share a database in memory: give a --store")
    key = api_key_of(api_key, api_key_env) or secrets.token_hex(20)
    try:
        catalogue_for(settings["modules"], settings["catalogue"])
        if settings["capacity"]:
            capacity_of(settings["capacity"])
        serving.serve(Settings(**settings, api_key=key), _announce_json if json else _announce, workers)
    except _WRONG_USAGE as error:
        raise click.UsageError(str(error)) from error


_WRONG_USAGE = (
    UnknownCapacity,
    *(UnknownModule, UnreadableCatalogue, PostgresMissing, TrustmeMissing, DatabaseError),
    *(serving.GranianMissing, serving.PortTaken),
)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _access(settings: Settings, ca_file: str | None) -> dict[str, str]:
    access = {
        "url": serving.url_of(settings),
        "db": settings.db,
        "login": settings.login,
        "password": settings.password,
        "api_key": settings.api_key,
        "dialect": settings.dialect,
    }
    return access if ca_file is None else {**access, "ca_file": ca_file}


def _announce(settings: Settings, ca_file: str | None) -> None:
    access = _access(settings, ca_file)
    click.echo(f"Fauxdoo listens at {access.pop('url')}")
    for name, value in access.items():
        click.echo(f"  {name:8s} {value}")
    sys.stdout.flush()


def _announce_json(settings: Settings, ca_file: str | None) -> None:
    click.echo(json.dumps({**_access(settings, ca_file), "pid": os.getpid()}))
    sys.stdout.flush()
