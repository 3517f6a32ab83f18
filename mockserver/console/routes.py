"""The routes of the admin API: one per address, which finds the operation of the verb."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException, MethodNotAllowed

from fauxdoo.mockserver.console.base import Operation, Part, arguments_of, check_caller
from fauxdoo.mockserver.console.openapi import document
from fauxdoo.mockserver.protocols.base import Reply, Request, Route
from fauxdoo.mockserver.protocols.envelopes import HttpEnvelope
from fauxdoo.mockserver.protocols.jsons import dumps

if TYPE_CHECKING:
    from fauxdoo.mockserver.fake import FakeOdoo

__all__ = ["Console"]


class _Envelope(HttpEnvelope):
    """Says in JSON what is wrong: `{"error": …}`."""

    def refuse(self, request: Request, error: HTTPException) -> Reply:
        headers = [(name, value) for name, value in error.get_headers() if name != "Content-Type"]
        return Reply(dumps({"error": error.description}), status=error.code or 500, headers=headers)


_JSON = _Envelope()


class Console:
    """All parts of the admin API of one server; every answer is JSON."""

    def __init__(self, odoo: FakeOdoo) -> None:
        self._odoo = odoo
        self._parts = {key: [*part(odoo).operations()] for key, part in Part.members.items()}
        self._parts["openapi"] = [
            Operation("GET", "openapi.json", self._description, "The admin API as an OpenAPI document", guarded=False)
        ]

    def routes(self) -> Iterable[Route]:
        """The addresses served."""
        verbs: dict[str, dict[str, Operation]] = {}
        for operation in chain.from_iterable(self._parts.values()):
            verbs.setdefault(operation.path, {})[operation.verb] = operation
        for path, found in verbs.items():
            yield Route(f"/_fauxdoo/{path}", self._endpoint(found), _JSON, stateless=True, csrf=False)

    def _endpoint(self, verbs: dict[str, Operation]) -> Callable[..., Reply]:
        def endpoint(request: Request, **named: Any) -> Reply:
            operation = verbs.get(request.method)
            if operation is None:
                raise MethodNotAllowed([*verbs])
            if operation.guarded:
                check_caller(self._odoo, request)
            return Reply(dumps(operation.action(arguments_of(request, operation), **named)))

        return endpoint

    def _description(self, arguments: dict[str, Any]) -> Any:
        return document(self._parts, token=bool(self._odoo.settings.admin_token))
