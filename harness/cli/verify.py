"""`fauxdoo verify`: recordings of a real Odoo replayed against a server."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from fauxdoo.contracts import recordings as own_recordings
from fauxdoo.harness.cli.options import DIFFERS, ENVIRONMENT, NOT_REACHED, api_key_of, api_key_options
from fauxdoo.harness.clients import CLIENTS, Target
from fauxdoo.harness.recordings import UnreadableRecording, load
from fauxdoo.harness.verifier import ServerNotReached, parity
from fauxdoo.harness.verifier import verify as verify_recordings

__all__ = ["verify"]


@click.command(context_settings=ENVIRONMENT)
@click.option("--url", required=True, help="Where the server listens.")
@click.option("--db", required=True, help="Name of the database.")
@click.option("--login", default="admin", show_default=True, help="Login of an administrator.")
@click.option("--password", default="admin", show_default=True, help="Password of the administrator.")
@api_key_options
@click.option("--only", default="", metavar="PREFIX", help="Only the cases whose name begins so.")
@click.option("--via", type=click.Choice(sorted(CLIENTS)), help="The protocol of the steps that name none.")
@click.option("--strict-code", is_flag=True, help="Compare JSON-RPC's error.code too, which is a matter of dialect.")
@click.option("--markdown", is_flag=True, help="Print the steps that match as a table in Markdown.")
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
    markdown: bool,
    verbose: bool,
    recordings: tuple[Path, ...],
) -> None:
    """Replay RECORDINGS of a real Odoo against a server and compare the answers.

    Without RECORDINGS those that come along: a fresh Odoo 19.0 with sales, stock, purchase, accounting, CRM and
    project. They make records of their own: replay them on a database that is there for it.
    """
    target = Target(url, db, login, password, api_key_of(api_key, api_key_env))
    try:
        cases = load(recordings or own_recordings(), only)
        if missing := [case["case"] for case in cases if not all("expect" in step for step in case["steps"])]:
            raise click.UsageError(f"{missing[0]} has steps without `expect`: `fauxdoo record` fills them in")
        report = verify_recordings(target, cases, via=via, strict_code=strict_code)
    except UnreadableRecording as error:
        raise click.UsageError(str(error)) from None
    except ServerNotReached as error:
        click.echo(str(error), err=True)
        sys.exit(NOT_REACHED)
    if verbose:
        click.echo("".join(f"{difference}\n" for difference in report.differences), nl=False)
    click.echo(parity(report.areas.values()) if markdown else report.table())
    sys.exit(0 if report.ok else DIFFERS)
