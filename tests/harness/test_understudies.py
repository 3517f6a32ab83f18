"""Understudies: requests that occupy a server's threads until they are needed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest

from fauxdoo.harness.browser import Browser
from fauxdoo.harness.understudies import Understudies

SOON = 10
"""Seconds after which a test gives up waiting."""


class _Stage:
    """A server with two threads, and who was on: its requests wait until they may go on."""

    def __init__(self) -> None:
        self.app = Understudies(self._play, 1)
        self.served, self.may_end = threading.Semaphore(0), threading.Semaphore(0)
        self.server = _TwoThreads(("127.0.0.1", 0), WSGIRequestHandler)
        self.server.set_app(self.app)
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def _play(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.served.release()
        self.may_end.acquire(timeout=SOON)
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]

    def ask(self) -> None:
        """Send a request without waiting for its answer."""
        threading.Thread(target=lambda: Browser(self.url).request("GET", "/"), daemon=True).start()

    def was_served(self, within: float = SOON) -> bool:
        """Whether a request reached the application."""
        return self.served.acquire(timeout=within)


class _TwoThreads(WSGIServer):
    """Handles two requests at once."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._free = threading.Semaphore(2)
        self.occupied, self.done = threading.Event(), threading.Event()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._free.acquire()
        self.occupied.set()
        threading.Thread(target=self._handle, args=(request, client_address), daemon=True).start()

    def _handle(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request(request, client_address)
        finally:
            self._free.release()
            self.done.set()


@pytest.fixture
def stage() -> Iterator[_Stage]:
    """A server whose second thread is occupied."""
    stage = _Stage()
    stage.app.take_their_places(stage.url)
    assert stage.server.occupied.wait(SOON)
    yield stage
    for _ in range(4):
        stage.may_end.release()
    stage.server.shutdown()
    stage.server.server_close()


def test_one_steps_in_for_one_that_waits(stage: _Stage) -> None:
    """A second request is served only once the thread of the first one says that it waits."""
    stage.ask()
    stage.ask()
    assert stage.was_served()
    assert not stage.was_served(within=0.05)
    stage.app.step_in()
    assert stage.was_served()


def test_nobody_is_kept_when_all_leave(stage: _Stage) -> None:
    """A server that stops waits for what it is answering, which an understudy would be for long."""
    stage.app.leave()
    assert stage.server.done.wait(SOON)


def test_other_paths_reach_the_application() -> None:
    """An application around another one changes nothing else."""
    seen: list[Any] = []
    app = Understudies(lambda environ, start: seen.append(environ) or [b"served"], 1)  # type: ignore[func-returns-value]
    assert app({"PATH_INFO": "/web"}, None) == [b"served"]  # type: ignore[arg-type]
    assert seen == [{"PATH_INFO": "/web"}]
