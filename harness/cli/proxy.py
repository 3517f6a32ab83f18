"""`fauxdoo proxy`: between a client and an Odoo."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from fauxdoo.harness.cli.fakes import fake_server, model_options, target_of
from fauxdoo.harness.cli.options import DIFFERS, ENVIRONMENT, NOT_REACHED, api_key_of, api_key_options
from fauxdoo.harness.clients import Target
from fauxdoo.harness.proxy import MODES, Capture, Diff, Proxy, Spy
from fauxdoo.harness.proxy.modes import Mode
from fauxdoo.harness.recording import Redaction, write_cases
from fauxdoo.harness.verifier import ServerNotReached, check_reached

__all__ = ["proxy"]


@click.command(context_settings=ENVIRONMENT)
@click.option("--upstream", required=True, metavar="URL", help="Where the real Odoo listens.")
@click.option("--mode", type=click.Choice([*MODES]), default="capture", show_default=True)
@click.option("-H", "--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("-p", "--port", default=8070, show_default=True, type=click.IntRange(0, 65535), help="0: a free one.")
@click.option("--db", default="odoo", show_default=True, help="Name of the database, there and in the fake.")
@click.option("--login", default="admin", show_default=True, help="Login of the client, there and in the fake.")
@click.option("--password", default="admin", show_default=True, help="Its password.")
@api_key_options
@model_options
@click.option("--demo", is_flag=True, help="The fake starts with a small company.")
@click.option(
    "--case", "name", default="capture/session", show_default=True, metavar="NAME", help="Of what is written."
)
@click.option(
    "-o",
    "--output",
    default="capture.json",
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where `capture` writes.",
)
def proxy(
    upstream: str,
    mode: str,
    host: str,
    port: int,
    db: str,
    login: str,
    password: str,
    api_key: str | None,
    api_key_env: str | None,
    name: str,
    output: Path,
    **settings: Any,
) -> None:
    """Stand between a client and a real Odoo until SIGTERM or SIGINT (Ctrl-C).

    capture: the real one answers; the calls become a recording. diff: the real one answers, the fake is asked the
    same, differences are printed. spy: the fake answers; of what only reads, the real one is asked the same, and where
    the form of its answers differs is printed. The real one gets what the client sends, writes too, but for spy.

    Exit code 1 where something differed.
    """
    target = Target(upstream.rstrip("/"), db, login, password, api_key_of(api_key, api_key_env))
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    try:
        check_reached(target)
    except ServerNotReached as error:
        click.echo(str(error), err=True)
        sys.exit(NOT_REACHED)
    with _serving(mode, target, settings) as serving:
        try:
            listening = Proxy(serving, host, port)
        except OSError as error:
            raise click.UsageError(f"cannot listen on {host}:{port}: {error.strerror}") from None
        with listening:
            click.echo(f"Fauxdoo's proxy listens at {listening.url}, before {target.url} ({mode})")
            sys.stdout.flush()
            ended.wait()
        click.echo(f"{serving.calls} calls" + ("" if mode == "capture" else f", {serving.differing} differ"))
        if isinstance(serving, Capture):
            write_cases(output, [Redaction(target).redacted(serving.case(name))])
            click.echo(f"written to {output}")
        sys.exit(DIFFERS if serving.differing else 0)


@contextmanager
def _serving(mode: str, target: Target, settings: dict[str, Any]) -> Iterator[Mode]:
    tell: Callable[[str], None] = click.echo
    if mode == "capture":
        yield Capture(target.url, tell)
        return
    access = {"db": target.db, "login": target.login, "password": target.password, "api_key": target.api_key}
    with fake_server(**access, **settings) as odoo:
        yield Spy(target.url, tell, odoo.wsgi_app) if mode == "spy" else Diff(target.url, tell, target_of(odoo))
