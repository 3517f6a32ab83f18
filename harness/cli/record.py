"""`fauxdoo record`: what a server answers to cases of one's own, as a recording."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from fauxdoo.harness.cli.options import DIFFERS, ENVIRONMENT, NOT_REACHED, api_key_of, api_key_options, names
from fauxdoo.harness.clients import CLIENTS, RemoteError, Target
from fauxdoo.harness.permission import NotPermitted, check_for_tests
from fauxdoo.harness.recording import PERSONAL, Recorder, RecordingFailed, Redaction, write_cases
from fauxdoo.harness.recordings import UnreadableRecording, load
from fauxdoo.harness.remote import Connection
from fauxdoo.harness.verifier import ServerNotReached, check_reached
from fauxdoo.mockserver.errors import OdooError

__all__ = ["record", "server_that_is_written_to", "writing_server"]


def server_that_is_written_to(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which server, as whom, and that it may be written to."""
    allowed = "Write there although the database does not say that it is neutralized or a test one."
    command = click.option("--allow-writes", is_flag=True, help=allowed)(command)
    command = api_key_options(command)
    command = click.option("--password", default="admin", show_default=True, help="Password.")(command)
    command = click.option("--login", default="admin", show_default=True, help="Login.")(command)
    command = click.option("--db", required=True, help="Name of the database.")(command)
    return click.option("--url", required=True, help="Where the server listens.")(command)


@contextmanager
def writing_server(server: dict[str, Any]) -> Iterator[Target]:
    """The server of these options, which lets the user in and may be written to; else the command ends."""
    key = api_key_of(server["api_key"], server["api_key_env"])
    target = Target(server["url"].rstrip("/"), server["db"], server["login"], server["password"], key)
    connection = Connection(target)
    try:
        check_reached(target)
        connection.uid  # noqa: B018  (asks)
        if not server["allow_writes"]:
            check_for_tests(connection)
        yield target
    except NotPermitted as error:
        raise click.UsageError(f"{error}; or give --allow-writes") from None
    except ServerNotReached as error:
        click.echo(str(error), err=True)
        sys.exit(NOT_REACHED)
    except (OdooError, RemoteError) as error:
        click.echo(f"the server refuses: {error}", err=True)
        sys.exit(DIFFERS)
    finally:
        connection.close()


@click.command(context_settings=ENVIRONMENT)
@server_that_is_written_to
@click.option("--via", type=click.Choice(sorted(CLIENTS)), help="The protocol of the steps that name none.")
@click.option("--only", default="", metavar="PREFIX", help="Only the cases whose name begins so.")
@click.option("--redact", default="", callback=names, metavar="FIELD,...", help="Leave out texts of these fields too.")
@click.option("--keep", default="", callback=names, metavar="FIELD,...", help="But keep these, such as name.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="[default: CASES itself]")
@click.argument("cases", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def record(
    cases: Path,
    output: Path | None,
    only: str,
    via: str | None,
    redact: tuple[str, ...],
    keep: tuple[str, ...],
    **server: Any,
) -> None:
    """Perform CASES on a server, twice, and write what it answers, for `fauxdoo verify --url … CASES`.

    CASES is a recording whose steps may lack `expect`. What differs between the runs is masked; passwords, keys and
    what personal fields say of people are left out, unless the case wrote it itself.
    """
    try:
        chosen = load([cases], only)
    except UnreadableRecording as error:
        raise click.UsageError(str(error)) from None
    with writing_server(server) as target:
        recorder = Recorder(target, Redaction(target, PERSONAL.union(redact) - {*keep}), via)
        try:
            recorded = [*recorder.record(chosen)]
        except RecordingFailed as error:
            click.echo(str(error), err=True)
            sys.exit(DIFFERS)
        finally:
            recorder.close()
    write_cases(output or cases, recorded)
    click.echo(f"{len(recorded)} cases, {sum(len(case['steps']) for case in recorded)} steps in {output or cases}")
