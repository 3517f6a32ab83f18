"""How a kind of route takes a request apart and wraps what comes of it, errors included."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any
from urllib.parse import quote

from werkzeug.exceptions import (
    BadRequest,
    Conflict,
    Forbidden,
    HTTPException,
    InternalServerError,
    NotFound,
    UnprocessableEntity,
)
from werkzeug.utils import redirect

from fauxdoo.mockserver.errors import OdooError, SessionExpired
from fauxdoo.mockserver.protocols.base import JSON, Reply, Request, Route, http_error
from fauxdoo.mockserver.protocols.errors import error_data, http_status
from fauxdoo.mockserver.protocols.identity import authenticate
from fauxdoo.mockserver.protocols.jsons import dumps

__all__ = ["HTTP", "JSONRPC", "Envelope", "HttpEnvelope", "JsonRpcEnvelope"]


_PAGES: dict[int, type[HTTPException]] = {403: Forbidden, 404: NotFound, 409: Conflict, 422: UnprocessableEntity}


class Envelope(ABC):
    """What all routes of a kind have in common."""

    def accepts(self, request: Request) -> bool:
        """Whether the content type of the request is one of this kind."""
        return True

    @abstractmethod
    def answer(self, request: Request, route: Route, arguments: dict[str, Any]) -> Reply:
        """Authenticate, call the endpoint and encode; raises HTTPException for what is answered as a page."""

    def refuse(self, request: Request, error: HTTPException) -> Reply:
        """The answer to a request that does not get as far as an endpoint: a page."""
        return http_error(error, request.environ)


class HttpEnvelope(Envelope):
    """A plain HTTP route: the endpoint makes its Reply, errors are pages."""

    def answer(self, request: Request, route: Route, arguments: dict[str, Any]) -> Reply:
        try:
            authenticate(request, route.auth)
            if route.csrf and request.method not in ("GET", "HEAD", "OPTIONS", "TRACE"):
                raise BadRequest("Session expired (invalid CSRF token)")
            reply: Reply = route.endpoint(request, **arguments)
        except SessionExpired:
            raise see_other(f"/web/login?redirect={quote(request.path)}") from None
        except OdooError as error:
            raise _PAGES.get(http_status(error), InternalServerError)(str(error)) from None
        return reply


class JsonRpcEnvelope(Envelope):
    """JSON-RPC 2.0 as Odoo speaks it: any verb, application errors are HTTP 200, no batches."""

    def accepts(self, request: Request) -> bool:
        return request.content_type in ("application/json", "application/json-rpc")

    def answer(self, request: Request, route: Route, arguments: dict[str, Any]) -> Reply:
        identity = None
        try:
            if route.before is not None:
                route.before(request)
            authenticate(request, route.auth)
            message = _message(request)
            identity = message.get("id")
            params = dict(message.get("params", {}), **arguments)
            if not params.keys() <= route.accepted:
                params = {key: value for key, value in params.items() if key in route.accepted}
            result = route.endpoint(request, **params)
        except _BadJson:
            raise
        except UnicodeError:
            # text with a lone surrogate: recording protocol/jsonrpc-strange-strings
            raise InternalServerError() from None
        except Exception as error:
            return self._refuse(request, identity, error)
        reply = {"jsonrpc": "2.0", "id": identity}
        if result is not None:
            reply["result"] = result
        return _json(reply)

    @staticmethod
    def _refuse(request: Request, identity: Any, error: Exception) -> Reply:
        dialect = request.odoo.dialect
        code, title = dialect.error_code(error), "Odoo Server Error"
        if isinstance(error, NotFound):
            code, title = dialect.not_found_code, "404: Not Found"
        elif isinstance(error, SessionExpired):
            title = "Odoo Session Expired"
        return _json(
            {"jsonrpc": "2.0", "id": identity, "error": {"code": code, "message": title, "data": error_data(error)}}
        )


class _BadJson(BadRequest):
    """The body is no JSON-RPC: a page even here."""


def _message(request: Request) -> dict[str, Any]:
    try:
        message = request.message
    except ValueError:
        raise _BadJson("Invalid JSON data") from None
    if not isinstance(message, dict):
        raise _BadJson("Invalid JSON-RPC data")
    return message


def _json(value: Any) -> Reply:
    try:
        return Reply(dumps(value), JSON)
    except UnicodeError:
        # bytes that are no text: recording protocol/bytes-and-dates-in-json
        raise InternalServerError() from None


def see_other(location: str) -> HTTPException:
    """A redirection to be raised."""
    return HTTPException(response=redirect(location, 303))


HTTP = HttpEnvelope()
JSONRPC = JsonRpcEnvelope()
