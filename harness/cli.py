"""The `fauxdoo` command."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from fauxdoo.harness.clients import Target
from fauxdoo.harness.recordings import default_recordings, load
from fauxdoo.harness.verifier import ServerNotReached
from fauxdoo.harness.verifier import verify as verify_recordings

__all__ = ["main"]

_DIFFERS, _NOT_REACHED = 1, 3
"""Exit codes besides click's: 0 as wished, 2 wrong usage."""

_SETTINGS = {"auto_envvar_prefix": "FAUXDOO", "help_option_names": ["--help"], "max_content_width": 100}


@click.group(context_settings=_SETTINGS)
@click.version_option(package_name="fauxdoo")
def main() -> None:
    """A fake Odoo for tests, and the harness that proves it.

    Exit codes: 0 as wished, 1 something differs, 2 wrong usage, 3 the server was not reached.
    Every option is an environment variable too: --api-key of `fauxdoo verify` is FAUXDOO_VERIFY_API_KEY.
    """


@main.command()
@click.option("--url", required=True, help="Where the server listens.")
@click.option("--db", required=True, help="Database.")
@click.option("--login", default="admin", show_default=True, help="An administrator.")
@click.option("--password", default="admin", show_default=True, help="The administrator's password.")
@click.option("--api-key", default="", help="The administrator's API key, for JSON-2.")
@click.option("--only", default="", metavar="PREFIX", help="Only cases whose name begins so.")
@click.option("--via", type=click.Choice(["jsonrpc", "xmlrpc", "call_kw", "json2"]), help="For steps that name none.")
@click.option("--strict-code", is_flag=True, help="Compare error.code too, which is a matter of dialect.")
@click.option("-v", "--verbose", is_flag=True, help="Print every difference, wanted and got.")
@click.argument("recordings", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(
    url: str,
    db: str,
    login: str,
    password: str,
    api_key: str,
    only: str,
    via: str | None,
    strict_code: bool,
    verbose: bool,
    recordings: tuple[Path, ...],
) -> None:
    """Replay RECORDINGS of a real Odoo against a server and compare the answers.

    Without RECORDINGS, those that come with Fauxdoo (a fresh Odoo 19.0).
    """
    target = Target(url, db, login, password, api_key)
    cases = load(recordings or default_recordings(), only)
    try:
        report = verify_recordings(target, cases, via=via, strict_code=strict_code)
    except ServerNotReached as error:
        click.echo(str(error), err=True)
        sys.exit(_NOT_REACHED)
    for difference in report.differences if verbose else []:
        click.echo(str(difference))
    click.echo(report.table())
    sys.exit(0 if report.ok else _DIFFERS)
