"""`fauxdoo contract`: pull a live Odoo's catalogue, verify what an integration uses of it, compare catalogues."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click

from fauxdoo.contracts import UnreadableCatalogue
from fauxdoo.harness.cli.options import DIFFERS, ENVIRONMENT, NOT_REACHED, api_key_of, api_key_options, names
from fauxdoo.harness.clients import RemoteError, Target
from fauxdoo.harness.contract import finding
from fauxdoo.harness.contract.asking import Asker
from fauxdoo.harness.contract.diffing import BUILT_IN, catalogue_of, changes
from fauxdoo.harness.contract.pulling import Pull, UnknownModels
from fauxdoo.harness.contract.schemas import write_schemas
from fauxdoo.harness.contract.usage import UnreadableUsage, Usage
from fauxdoo.harness.contract.verifying import verify_usage
from fauxdoo.harness.verifier import ServerNotReached

__all__ = ["contract"]

_FORMS: dict[str, Callable[[list[finding.Finding]], str]] = {
    "json": finding.as_json,
    "junit": finding.as_junit,
    "table": finding.as_table,
}


def _server(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which server, and as whom; a key, or login and password."""
    command = click.option("--password", default="", help="Password, where no key is given.")(command)
    command = click.option("--login", default="", help="Login, where no key is given.")(command)
    command = api_key_options(command)
    command = click.option("--db", required=True, help="Name of the database.")(command)
    return click.option("--url", required=True, help="Where the server listens.")(command)


@click.group()
def contract() -> None:
    """Contracts with a live Odoo. None of these commands writes anything on a server."""


@contract.command(context_settings=ENVIRONMENT)
@_server
@click.option("--models", default="", callback=names, metavar="NAME,...", help="Only these.  [default: all]")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def pull(folder: Path, models: tuple[str, ...], **server: Any) -> None:
    """Write what a live Odoo says of its models into FOLDER, for `fauxdoo serve --catalogue FOLDER`.

    Custom modules and fields are in it, and what the user of the credentials may see. Models whose file is there are
    left alone, so that an interrupted pull goes on; remove the folder to begin anew.
    """
    with _asking(server) as asker:
        pulling = Pull(asker, folder, models)
        asked = pulling.run(_progress)
    for name, reason in pulling.skipped.items():
        click.echo(f"skipped {name}: {reason}", err=True)
    click.echo(f"{asked - len(pulling.skipped)} models written to {folder}")
    sys.exit(DIFFERS if models and pulling.skipped else 0)


@contract.command(context_settings=ENVIRONMENT)
@_server
@click.option("--format", "form", type=click.Choice(sorted(_FORMS)), default="table", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the report to a file.")
@click.argument("usage", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(usage: Path, form: str, output: Path | None, **server: Any) -> None:
    """Check on a live Odoo what USAGE says an integration uses: fields, methods, rights, endpoints.

    USAGE is what `pytest --fauxdoo-contract=USAGE` wrote.
    """
    try:
        used = Usage.read(usage)
    except UnreadableUsage as error:
        raise click.UsageError(str(error)) from error
    with _asking(server) as asker:
        findings = list(verify_usage(used, asker))
    report = _FORMS[form](findings)
    if output is None:
        click.echo(report)
    else:
        output.write_text(report + "\n", "utf-8")
    sys.exit(DIFFERS if finding.failed(findings) else 0)


@contract.command(context_settings=ENVIRONMENT)
@click.option(
    "--usage", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Only what this usage contract uses."
)
@click.argument("old")
@click.argument("new")
def diff(old: str, new: str, usage: Path | None) -> None:
    """What changed from catalogue OLD to NEW: folders that `pull` wrote, or odoo-19.0, which comes along."""
    try:
        found = list(changes(catalogue_of(old), catalogue_of(new), Usage.read(usage) if usage else None))
    except (UnreadableCatalogue, UnreadableUsage) as error:
        raise click.UsageError(f"{error} (a folder, or {BUILT_IN})") from error
    for change in found:
        click.echo(str(change))
    sys.exit(DIFFERS if any(change.breaks for change in found) else 0)


@contract.command(context_settings=ENVIRONMENT)
@click.option("--catalogue", default="", metavar="FOLDER", help="Models as `pull` read them.  [default: Odoo 19.0]")
@click.option("--models", default="", callback=names, metavar="NAME,...", help="Only these.  [default: all]")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def schemas(folder: Path, models: tuple[str, ...], catalogue: str) -> None:
    """Write the JSON Schemas of requests, answers, errors and webhooks into FOLDER, and of each model's records.

    A server is not asked: they are what `fauxdoo serve --validate` checks all traffic against.
    """
    try:
        written = write_schemas(folder, models, catalogue)
    except (KeyError, UnreadableCatalogue) as error:
        raise click.UsageError(f"no model {error}" if isinstance(error, KeyError) else str(error)) from error
    click.echo(f"{written} schemas written to {folder}")


@contextmanager
def _asking(server: dict[str, Any]) -> Iterator[Asker]:
    """Someone to ask the server, and what its errors end the command with."""
    key = api_key_of(server["api_key"], server["api_key_env"])
    if not key and not (server["login"] and server["password"]):
        raise click.UsageError("give an API key, or login and password")
    asker = Asker(Target(server["url"], server["db"], server["login"], server["password"], key))
    try:
        yield asker
    except ServerNotReached as error:
        _end(NOT_REACHED, str(error))
    except RemoteError as error:
        _end(DIFFERS, f"the server refuses: {error}")
    except UnknownModels as error:
        raise click.UsageError(str(error)) from error
    finally:
        asker.close()


def _end(code: int, message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(code)


def _progress(names: list[str]) -> Iterator[str]:
    with click.progressbar(names, label="models", file=sys.stderr) as bar:
        yield from bar
