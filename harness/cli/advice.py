"""`fauxdoo advice`: what a reviewer would say of the calls that a server has seen."""

from __future__ import annotations

import sys
from http.client import HTTPException
from typing import Any

import click

from fauxdoo.harness.advice import Adviser, Notes, Rule
from fauxdoo.harness.advice.base import Seen, Sighting
from fauxdoo.harness.browser import Browser
from fauxdoo.harness.cli.options import DIFFERS, ENVIRONMENT, NOT_REACHED, names

__all__ = ["advice"]

_PATHS = {"xmlrpc": "/xmlrpc/2/object", "jsonrpc": "/jsonrpc"}
"""Where calls over a protocol come in; the journal does not keep it."""


@click.command(context_settings=ENVIRONMENT)
@click.option("--url", required=True, help="Where `fauxdoo serve` listens.")
@click.option("--admin-token", default="", metavar="TOKEN", help="What its admin API asks for.")
@click.option("--ca-file", metavar="FILE", help="The certificates to trust over HTTPS.")
@click.option("--ignore", default="", callback=names, metavar="KEY,...", help="Advice nobody wants to hear.")
@click.option("--strict", is_flag=True, help="Exit with 1 where there is advice.")
def advice(url: str, admin_token: str, ca_file: str | None, ignore: tuple[str, ...], strict: bool) -> None:
    """Say how the integration that called a fake Odoo could use Odoo better.

    It reads the journal of the server at --url: the calls since its last reset, without the lines of code they come
    from, secrets in URLs and timeouts, which a server in another process cannot see.
    """
    unknown = set(ignore) - Rule.members.keys()
    if unknown:
        raise click.UsageError(f"no such advice: {', '.join(sorted(unknown))}; there is {', '.join(Rule.members)}")
    notes = Notes(ignore)
    adviser = Adviser(notes)
    for call in _journal(url, admin_token, ca_file):
        if call["protocol"] in _PATHS:
            adviser.request(Sighting(_PATHS[call["protocol"]]))
        adviser.call(Seen(call["protocol"], call["model"], call["method"], _arguments(call)))
    click.echo(notes.told() or "Nothing to say.")
    sys.exit(DIFFERS if strict and len(notes) else 0)


def _journal(url: str, token: str, ca_file: str | None) -> list[dict[str, Any]]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        reply = Browser(url, ca_file=ca_file).request("GET", "/_fauxdoo/journal", headers=headers)
    except (OSError, HTTPException, ValueError) as error:
        click.echo(f"{url} was not reached: {error}", err=True)
        sys.exit(NOT_REACHED)
    if reply.status in (401, 403):
        raise click.UsageError("the server asks for its --admin-token")
    if reply.status != 200:
        raise click.UsageError(f"{url} is no Fauxdoo: it answered {reply.status}")
    calls: list[dict[str, Any]] = reply.json()
    return calls


def _arguments(call: dict[str, Any]) -> dict[str, Any]:
    arguments = call["arguments"]
    return arguments if isinstance(arguments, dict) else {}
