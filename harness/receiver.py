"""A receiver of webhooks on a real port: keeps what came, checks signatures, answers as a test wants."""

from __future__ import annotations

import hmac
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

__all__ = ["Answer", "Received", "WebhookReceiver"]

_BIGGEST = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """How a request is answered: after `delay` seconds with `status`, or not at all (`drop`)."""

    status: int = 200
    delay: float = 0.0
    drop: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """One request. `signed` says whether `X-Odoo-Signature` fits the body; False also where it is missing."""

    event: str
    model: str
    id: int
    payload: dict[str, Any]
    headers: dict[str, str]
    body: bytes = field(repr=False)
    signed: bool


class WebhookReceiver:
    """A context manager; `received` is what came, in order, the guide's webhooks and a real Odoo's alike.

    Of a native webhook `model` and `id` are `_model` and `_id`, and the event is `_action`.
    """

    def __init__(self, secret: str = "secret") -> None:
        self.secret = secret
        self.received: list[Received] = []
        self.on_receive: Callable[[Received], None] | None = None
        """Called with each request before it is answered, as an integration's handler would be."""
        self._changed = threading.Condition()
        self._answers: list[Answer] = []
        self._usual = Answer()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_port}/odoo-webhook"

    def start(self) -> WebhookReceiver:
        """Listen in a thread."""
        self._thread.start()
        return self

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> WebhookReceiver:
        return self.start()

    def __exit__(self, *_error: object) -> None:
        self.close()

    def answer(self, *answers: Answer | int, usually: Answer | int | None = None) -> None:
        """Answer the next requests so, one after the other, and then all others as usual (200).

        A number is a status.
        """
        self._answers.extend(_answer(each) for each in answers)
        if usually is not None:
            self._usual = _answer(usually)

    def wait_for(
        self,
        *,
        model: str | None = None,
        event: str | None = None,
        id: int | None = None,
        timeout: float = 10.0,
        count: int = 1,
    ) -> Received:
        """The `count`-th request of this model, event and record, as soon as it is there.

        Raises AssertionError with what came instead when `timeout` seconds have passed.
        """
        ends = time.monotonic() + timeout
        with self._changed:
            while True:
                found = [each for each in self.received if _fits(each, model, event, id)]
                if len(found) >= count:
                    return found[count - 1]
                left = ends - time.monotonic()
                if left <= 0:
                    raise AssertionError(self._missing(model, event, id, timeout))
                self._changed.wait(left)

    def _missing(self, model: str | None, event: str | None, id: int | None, timeout: float) -> str:
        asked = {"model": model, "event": event, "id": id}
        wanted = ", ".join(f"{name}={value!r}" for name, value in asked.items() if value is not None)
        came = "\n".join(f"  {each.model}.{each.event} of {each.id}" for each in self.received) or "  nothing"
        return f"no webhook with {wanted or 'anything'} within {timeout} s; there came\n{came}"

    def clear(self) -> None:
        """Forget what came, and how to answer."""
        self.received.clear()
        self._answers.clear()
        self._usual = Answer()

    def _take(self, headers: dict[str, str], body: bytes) -> Answer:
        """Keep a request; answers how to answer it."""
        received = self._read(headers, body)
        with self._changed:
            self.received.append(received)
            answer = self._answers.pop(0) if self._answers else self._usual
            self._changed.notify_all()
        if self.on_receive is not None:
            self.on_receive(received)
        return answer

    def _read(self, headers: dict[str, str], body: bytes) -> Received:
        try:
            payload = json.loads(body)
        except ValueError:
            payload = {}
        payload = payload if isinstance(payload, dict) else {}
        expected = hmac.new(self.secret.encode(), body, sha256).hexdigest()
        signed = hmac.compare_digest(headers.get("x-odoo-signature", "").encode(), expected.encode())
        event, model, id = (payload.get(name, payload.get(f"_{name}")) for name in ("event", "model", "id"))
        event = event or payload.get("_action") or ""
        return Received(str(event), str(model or ""), int(id or 0), payload, headers, body, signed)


def _fits(received: Received, model: str | None, event: str | None, id: int | None) -> bool:
    return model in (None, received.model) and event in (None, received.event) and id in (None, received.id)


def _answer(given: Answer | int) -> Answer:
    return Answer(given) if isinstance(given, int) else given


def _handler(receiver: WebhookReceiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Keeps connections; writes no log."""

        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            if length > _BIGGEST:
                self.send_error(413)
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = receiver._take(headers, self.rfile.read(length))
            if answer.delay:
                time.sleep(answer.delay)
            if answer.drop:
                self.close_connection = True
                return
            self.send_response(answer.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """What came is in `received`."""

    return Handler
