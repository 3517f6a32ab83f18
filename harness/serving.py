"""Serves a fake Odoo under Granian: in one worker process, or in several that share a store."""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from http.client import HTTPException
from typing import Any

from fauxdoo.harness.browser import Browser
from fauxdoo.harness.understudies import Understudies
from fauxdoo.mockserver import FakeOdoo, Settings
from fauxdoo.mockserver.certificates import Certificates

__all__ = ["GranianMissing", "PortTaken", "free_address", "serve", "url_of"]

_THREADS = 8
"""Requests handled at once. With an embedded database one is at work, and others while it waits for something."""

_MANY_THREADS = 128
"""Requests handled at once where most of them wait for a worker of a capacity profile."""

_PATIENCE = 5
"""Seconds that workers have for stopping before they are killed."""

_OBJECTS = 50_000
"""Objects that are made between two looks for cycles of them."""

_POLL = 0.02
"""Seconds between two looks at whether the worker listens, or the parent is still there."""


class GranianMissing(Exception):
    """The extra `serve` is not installed."""

    def __init__(self) -> None:
        super().__init__("serving needs Granian: pip install 'fauxdoo[serve]'")


class PortTaken(Exception):
    """Nothing can listen there, most often because another server does."""


def free_address(host: str, port: int) -> tuple[str, int]:
    """The IP address and the port, a free one for 0; raises PortTaken.

    Granian's own sockets would silently share a port with another server.
    """
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            return str(address[0]), int(probe.getsockname()[1])
    except OSError as error:
        raise PortTaken(f"cannot listen on {host}:{port}: {error.strerror}") from error


def url_of(settings: Settings) -> str:
    """Where a server with these settings is reached from this machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    scheme = "https" if settings.tls else "http"
    return f"{scheme}://[{host}]:{settings.port}" if ":" in host else f"{scheme}://{host}:{settings.port}"


Announce = Callable[[Settings, str | None], None]
"""Takes the settings with the real port, and over HTTPS the path of the certificate that clients are to trust."""


def serve(settings: Settings, announce: Announce, workers: int = 1) -> None:
    """Serve until SIGTERM or SIGINT; calls `announce` once requests are answered.

    Several workers need a store that processes can share; one that dies is replaced. The database is made before
    they start, so that what is wrong with the settings is said here. Raises GranianMissing, PortTaken, and
    TrustmeMissing where HTTPS is asked for.
    """
    try:
        from granian.constants import Interfaces
        from granian.server import Server
    except ImportError as error:
        raise GranianMissing from error
    address, port = free_address(settings.host, settings.port)
    if workers > 1:
        FakeOdoo(settings).close()
    settings = replace(settings, port=port)
    with closing(Certificates(settings.host)) as certificates:
        ca_file = str(certificates.authority) if settings.tls else None
        tls: dict[str, Any] = {}
        if settings.tls:
            tls = {"ssl_cert": certificates.certificate, "ssl_key": certificates.key}
        server = Server(
            "fauxdoo",
            address=address,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            respawn_failed_workers=workers > 1,
            workers_kill_timeout=_PATIENCE,
            blocking_threads=_MANY_THREADS if settings.capacity else _THREADS,
            log_enabled=False,
            **tls,
        )
        server.on_startup(partial(_in_background, _announce_when_up, settings, ca_file, announce))
        server.serve(target_loader=partial(_application, settings, workers, ca_file, os.getpid()), wrap_loader=False)


def _application(settings: Settings, workers: int, ca_file: str | None, parent: int) -> Callable[..., Any]:
    """The WSGI application, made in the worker process."""
    _in_background(_stop_with, parent)
    try:
        odoo = FakeOdoo(settings)
    except Exception as error:
        sys.exit(f"fauxdoo: {type(error).__name__}: {error}")
    _collect_less_often()
    if workers > 1:
        odoo.turnstile.turns = False  # processes run beside each other, and understudies would not find their own
    if not odoo.turnstile.turns or odoo.meter is not None:
        return odoo.wsgi_app
    app = Understudies(odoo.wsgi_app, _THREADS - 1)
    odoo.turnstile.watch(app.step_in, app.step_back)
    app.take_their_places(url_of(settings), ca_file)
    _when_told_to_stop(app.leave)
    return app


def _collect_less_often() -> None:
    """What is there by now stays, and requests make many dictionaries but few cycles: looking for them took a tenth."""
    gc.freeze()
    gc.set_threshold(_OBJECTS, 20, 20)


def _when_told_to_stop(action: Callable[[], None]) -> None:
    """Call `action` whenever SIGTERM or SIGINT comes, whoever handles it; from the main thread only."""
    signals, sender = socket.socketpair()
    sender.setblocking(False)
    signal.set_wakeup_fd(sender.fileno())

    def wait(_open: socket.socket = sender) -> None:
        while True:
            if signals.recv(1)[0] in (signal.SIGTERM, signal.SIGINT):
                action()

    _in_background(wait)


def _stop_with(parent: int) -> None:
    """End the worker when its parent was killed without a chance to stop it."""
    while os.getppid() == parent:
        time.sleep(50 * _POLL)
    os._exit(1)


def _announce_when_up(settings: Settings, ca_file: str | None, announce: Announce) -> None:
    browser = Browser(url_of(settings), ca_file=ca_file)
    while True:
        try:
            browser.request("GET", "/_fauxdoo/health")
        except (OSError, HTTPException):
            time.sleep(_POLL)
        else:
            browser.close()
            return announce(settings, ca_file)


def _in_background(task: Callable[..., None], *arguments: Any) -> None:
    threading.Thread(target=task, args=arguments, daemon=True).start()
