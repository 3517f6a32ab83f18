"""JSON-2 at `/json/2/<model>/<method>`: a bearer key, named arguments, HTTP status codes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError, NotFound

from fauxdoo.mockserver import errors
from fauxdoo.mockserver.calls import Call, http_session
from fauxdoo.mockserver.protocols.base import JSON, Protocol, Reply, Request, Route, http_error
from fauxdoo.mockserver.protocols.envelopes import Envelope
from fauxdoo.mockserver.protocols.errors import error_data, http_status
from fauxdoo.mockserver.protocols.identity import authenticate
from fauxdoo.mockserver.protocols.jsons import dumps

__all__ = ["JSON2", "Json2", "Json2Envelope"]

_WITH_CODE: tuple[tuple[type[Exception], int], ...] = ((errors.NotFound, 404), (errors.Unprocessable, 422))
"""HTTP errors of Odoo's own controller: the code follows the message in the arguments."""


class Json2Envelope(Envelope):
    """Body in, body out: the named arguments, the bare result; errors by HTTP status."""

    def accepts(self, request: Request) -> bool:
        return request.content_type == "application/json" or not request.content_length

    def answer(self, request: Request, route: Route, arguments: dict[str, Any]) -> Reply:
        try:
            authenticate(request, route.auth)
            return Reply(dumps(route.endpoint(request, **{**_named_arguments(request), **arguments})))
        except InternalServerError:
            raise
        except UnicodeError:
            raise InternalServerError() from None
        except HTTPException as error:
            return _http_reply(request, error)
        except Exception as error:
            return _error_reply(error)


def _named_arguments(request: Request) -> dict[str, Any]:
    """The body; anything but an object counts as no arguments."""
    if not request.body:
        return {}
    try:
        body = request.message
    except ValueError as error:
        raise BadRequest(f"could not parse the body as json: {error.args[0]}") from None
    return body if isinstance(body, dict) else {}


def _http_reply(request: Request, error: HTTPException) -> Reply:
    reply = http_error(error, request.environ)
    data = error_data(error, message=error.description, arguments=[error.description, error.code])
    return Reply(dumps(data), JSON, reply.status, reply.headers)


def _error_reply(error: Exception) -> Reply:
    for kind, status in _WITH_CODE:
        if isinstance(error, kind):
            return Reply(dumps(error_data(error, arguments=[*error.args, status])), JSON, status)
    return Reply(dumps(error_data(error)), JSON, http_status(error))


JSON2 = Json2Envelope()


class Json2(Protocol):
    """Methods of models by URL."""

    key = "json2"

    def routes(self) -> Iterable[Route]:
        methods = frozenset({"POST", "OPTIONS"})
        return [
            Route("/json/2/<model>/<method>", self._call, JSON2, auth="bearer", methods=methods, cookie=False),
            Route("/json/2", _nothing_here, JSON2, auth="public", cookie=False),
            Route("/json/2/<path:path>", _nothing_here, JSON2, auth="public", cookie=False),
        ]

    def _call(
        self, request: Request, /, model: str, method: str, ids: Any = (), context: Any = None, **kwargs: Any
    ) -> Any:
        if "self" in kwargs:
            raise TypeError("WebJson2Controller.web_json_2_rpc() got multiple values for argument 'self'")
        database, uid = request.known_database, request.known_uid
        if model not in self.odoo.dispatch.database(database).registry:
            raise errors.NotFound(f"the model {model!r} does not exist")
        if context is not None:
            kwargs["context"] = dict(context)
        # what a method notes in the session is forgotten: the protocol keeps none
        token = http_session.set({"uid": uid})
        try:
            return self.odoo.dispatch.call_kw(Call("json2", database, uid, model, method, [], kwargs, ids or []))
        finally:
            http_session.reset(token)


def _nothing_here(request: Request, **_arguments: Any) -> Any:
    raise NotFound("Did you mean POST /json/2/<model>/<method>?")
