"""Keeps all but one of a server's threads waiting, so that one alone works while it has not to wait itself."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Iterable
from http.client import HTTPException
from typing import Any

from fauxdoo.harness.browser import Browser

__all__ = ["Understudies"]

_PATIENCE = 20
"""Seconds after which one that waits asks again. Until all have asked, all of the server's threads work at once."""
_ONCE = {"Connection": "close"}
"""A server that stops waits for the connections it has, and takes no new ones."""
_POLL = 0.02
"""Seconds between two attempts to reach a server that starts or ends."""


class Understudies:
    """A WSGI application around another one, for a server with several threads.

    Threads that compute in turns hand the interpreter's lock to each other, which costs more than what they do. Each
    understudy is a request to a secret path that occupies one thread by waiting; whenever the thread at work has to
    wait (`step_in`), one is let go and takes its place, until it is back (`step_back`). A server that stops waits for
    them, unless they `leave`.
    """

    def __init__(self, app: Callable[..., Iterable[bytes]], count: int) -> None:
        self._app, self._count = app, count
        self._path = f"/{secrets.token_hex(16)}"
        self._needed, self._spare = threading.Semaphore(0), threading.Semaphore(0)
        self._left = False

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] != self._path:
            return self._app(environ, start_response)
        needed = self._needed.acquire(timeout=_PATIENCE)
        start_response("200 OK" if needed else "204 No Content", [("Content-Length", "0")])
        return ()

    def take_their_places(self, url: str, ca_file: str | None = None) -> None:
        """Occupy the threads of the server at `url`, which may still be starting; `ca_file` as for `Browser`."""
        for _ in range(self._count):
            threading.Thread(target=self._wait_at, args=(url, ca_file), daemon=True).start()

    def step_in(self) -> None:
        """One more thread is to work."""
        self._needed.release()

    def step_back(self) -> None:
        """One thread fewer is to work."""
        self._spare.release()

    def leave(self) -> None:
        """Let all go, for good: the server stops."""
        self._left = True
        self._needed.release(self._count)

    def _wait_at(self, url: str, ca_file: str | None) -> None:
        browser = Browser(url, ca_file=ca_file)
        while not self._left:
            try:
                let_go = browser.request("GET", self._path, headers=_ONCE).status == 200
            except (OSError, HTTPException):
                time.sleep(_POLL)
            else:
                if let_go:
                    self._spare.acquire()
