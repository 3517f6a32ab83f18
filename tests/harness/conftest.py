"""A small WSGI server that answers as a test wants."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response


class _QuietHandler(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing."""


class Stub:
    """Keeps the requests it got; `answer` makes the responses."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.answer: Callable[[Request], Response] = lambda request: reply({"result": None})
        self.server: BaseWSGIServer = make_server(
            "127.0.0.1", 0, Request.application(self._respond), threaded=True, request_handler=_QuietHandler
        )
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def _respond(self, request: Request) -> Response:
        request.get_data()
        self.requests.append(request)
        return self.answer(request)


def reply(body: Any, status: int = 200) -> Response:
    """A JSON response."""
    return Response(json.dumps(body), status, content_type="application/json")


_SMALL_LETTERS = """
from fauxdoo.mockserver import models

class Partner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        return super().write({**vals, "ref": vals["ref"].lower()} if vals.get("ref") else vals)
"""


@pytest.fixture(scope="session")
def small_letters() -> ModuleType:
    """An extension with which changed references are kept in small letters."""
    module = ModuleType("small_letters")
    exec(_SMALL_LETTERS, vars(module))
    return module


@pytest.fixture
def stub() -> Iterator[Stub]:
    """A server on a free port whose `answer` the test sets; without one it answers JSON-RPC results of null."""
    stub = Stub()
    thread = threading.Thread(target=stub.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield stub
    stub.server.shutdown()
    stub.server.server_close()
    thread.join()
