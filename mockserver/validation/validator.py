"""Looks at each exchange of a server, and at the calls it carries, and notes what does not keep to the contract."""

from __future__ import annotations

from contextlib import suppress
from threading import local
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.dispatch import plain
from fauxdoo.mockserver.journal import Entry
from fauxdoo.mockserver.protocols.base import Reply, Request, Route
from fauxdoo.mockserver.protocols.jsons import dumps, loads
from fauxdoo.mockserver.validation.arguments import named_arguments
from fauxdoo.mockserver.validation.exchanges import parts
from fauxdoo.mockserver.validation.schemas import Schemas, complaints
from fauxdoo.mockserver.validation.violations import Side, Violation

if TYPE_CHECKING:
    from fauxdoo.mockserver.fake import FakeOdoo

__all__ = ["Validator"]


_INDESCRIBABLE = (ValueError, RecursionError)
"""What JSON cannot hold, such as half of a surrogate pair, and what is nested without end, no schema describes."""


class _Calls(local):
    """The calls of the request that a thread works on."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []


class Validator:
    """The schemas of one server at work; made only where its settings ask for it."""

    def __init__(self, odoo: FakeOdoo) -> None:
        self._odoo, self._schemas, self._calls = odoo, Schemas(), _Calls()
        odoo.journal.witnesses.append(self._note)
        odoo.webhooks.on_send = self.webhook

    def _note(self, entry: Entry) -> None:
        """Calls are looked at when their transaction has ended."""
        if entry.protocol != "python":
            self._calls.entries.append(entry)

    def begin(self) -> None:
        """A request comes in on this thread."""
        self._calls.entries = []

    def exchange(self, request: Request, route: Route | None, reply: Reply) -> None:
        """Check a request that came to a route, what it called, and its reply."""
        entries, self._calls.entries = self._calls.entries, []
        what = f"{request.method} {request.path}"
        for part in parts(route.envelope, request, reply) if route is not None else ():
            self._check(part.side, part.protocol, what, part.schema, part.value)
        for entry in entries:
            self._check_call(entry)

    def webhook(self, body: bytes) -> None:
        """Check what is sent to a receiver."""
        payload = loads(body)
        self._check("webhook", "webhook", f"{payload.get('model')} {payload.get('event')}", "webhook", payload)

    def _check(self, side: Side, protocol: str, what: str, schema: str, value: Any) -> None:
        with suppress(*_INDESCRIBABLE):
            for pointer, reason in complaints(self._schemas.named(schema), value):
                self._odoo.violations.add(Violation(side, protocol, what, schema, pointer, reason))

    def _check_call(self, entry: Entry) -> None:
        model, method = entry.model, entry.method
        database = self._odoo.databases.get(entry.database)
        if database is None or method not in self._schemas.methods or model not in database.registry:
            return
        signature = database.registry.signatures.get((model, method))
        arguments = None if signature is None else named_arguments(entry.call, signature)
        if arguments is None:
            return
        instance = {"arguments": arguments} if entry.error else {"arguments": arguments, "result": entry.result}
        validator = self._schemas.known(database.registry, model, method)
        if validator is None:
            with self._odoo.turnstile, database.transaction(su=True, readonly=True) as env:
                validator = self._schemas.method(env, model, method)
        with suppress(*_INDESCRIBABLE):
            for pointer, reason in complaints(validator, loads(dumps(plain(instance)))):
                side: Side = "response" if pointer.startswith("/result") else "request"
                violation = Violation(side, entry.protocol, f"{model}.{method}", f"{model}#{method}", pointer, reason)
                self._odoo.violations.add(violation)
