"""`fauxdoo webhooks`: listen to those of a running Fauxdoo, send one by hand, send one again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

import click

from fauxdoo.harness.cli.admin import ask_admin, server_options
from fauxdoo.harness.cli.options import ENVIRONMENT
from fauxdoo.harness.receiver import Received, WebhookReceiver

__all__ = ["webhooks"]

_TIMEOUT = 30
_NOT_FORWARDED = frozenset({"host", "content-length", "connection"})


@click.group()
def webhooks() -> None:
    """The signed webhooks of a running Fauxdoo."""


@webhooks.command(context_settings=ENVIRONMENT)
@server_options
@click.option("--forward-to", metavar="URL", help="Where each webhook is sent on to, signature and all.")
@click.option("--secret", default="secret", show_default=True, help="What they are signed with.")
@click.option("--fields", default="", metavar="NAME,...", help="The fields they carry.")
@click.option("--count", type=click.IntRange(1), help="End after so many.")
@click.argument("events", nargs=-1, required=True, metavar="MODEL.EVENT...")
def listen(
    url: str,
    admin_token: str,
    forward_to: str | None,
    secret: str,
    fields: str,
    count: int | None,
    events: tuple[str, ...],
) -> None:
    """Print the webhooks of MODEL.EVENT, such as sale.order.write or sale.order.action_confirm, until Ctrl-C.

    They are registered on the server as long as this listens.
    """
    names = [name.strip() for name in fields.split(",") if name.strip()]
    done = threading.Event()
    with WebhookReceiver(secret) as receiver, _registered(url, admin_token, receiver, events, names):

        def tell(received: Received) -> None:
            click.echo(_line(received, forward_to))
            if count is not None and len(receiver.received) >= count:
                done.set()

        receiver.on_receive = tell
        click.echo(f"listening for {', '.join(events)}, signed with {secret!r}")
        done.wait()


@webhooks.command(context_settings=ENVIRONMENT)
@server_options
@click.option("--id", "id", type=int, required=True, help="Of the record.")
@click.argument("event", metavar="MODEL.EVENT")
def trigger(url: str, admin_token: str, id: int, event: str) -> None:
    """Send MODEL.EVENT of a record as if it had happened: sale.order.write --id 5."""
    model, name = _event(event)
    answer = ask_admin(url, admin_token, "POST", "webhooks/trigger", {"model": model, "event": name, "id": id})
    click.echo(f"{answer['webhooks']} webhooks")


@webhooks.command(context_settings=ENVIRONMENT)
@server_options
@click.argument("delivery", type=int)
def resend(url: str, admin_token: str, delivery: int) -> None:
    """Send a DELIVERY (its number) again, whatever became of it."""
    ask_admin(url, admin_token, "POST", "webhooks/resend", {"id": delivery})


@webhooks.command("list", context_settings=ENVIRONMENT)
@server_options
def list_(url: str, admin_token: str) -> None:
    """Print what was sent, what is to be sent, and what was given up."""
    for each in ask_admin(url, admin_token, "GET", "webhooks/deliveries"):
        about = f"{each['model']}.{each['event']} of {each['res_id']}"
        click.echo(
            f"{each['id']:8d}  {each['state']:8s} {about}  {each['attempts']} attempts  {each['error']}".rstrip()
        )


@contextmanager
def _registered(
    url: str, token: str, receiver: WebhookReceiver, events: tuple[str, ...], fields: list[str]
) -> Iterator[None]:
    made = []
    try:
        for event in events:
            model, trigger = _event(event)
            webhook = {"model": model, "trigger": trigger, "url": receiver.url, "secret": receiver.secret}
            made.append(ask_admin(url, token, "POST", "webhooks", {**webhook, "fields": fields})["id"])
        yield
    finally:
        for id in made:
            ask_admin(url, token, "DELETE", "webhooks", {"id": id})


def _event(text: str) -> tuple[str, str]:
    model, _, event = text.rpartition(".")
    if not model or not event:
        raise click.UsageError(f"{text!r} is not MODEL.EVENT, as sale.order.write is")
    return model, event


def _line(received: Received, forward_to: str | None) -> str:
    line = f"{received.model}.{received.event} of {received.id}  {received.payload.get('fields')}"
    return f"{line}  -> {_forwarded(received, forward_to)}" if forward_to else line


def _forwarded(received: Received, url: str) -> str:
    """Send the same body with the same headers on; the status of the answer, or why there is none."""
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    headers = {name: value for name, value in received.headers.items() if name not in _NOT_FORWARDED}
    connection: Any = kind(parts.netloc, timeout=_TIMEOUT)
    try:
        connection.request(
            "POST", f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}", received.body, headers
        )
        return str(connection.getresponse().status)
    except (OSError, HTTPException) as error:
        return f"no answer: {error}"
    finally:
        connection.close()
