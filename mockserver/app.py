"""The WSGI application: finds a request's route, lets its protocol answer, and makes a page of what goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException, InternalServerError, NotFound, UnsupportedMediaType
from werkzeug.routing import BaseConverter, Map, MapAdapter, Rule

from fauxdoo.mockserver.console import Console
from fauxdoo.mockserver.faults import Interrupted, sever
from fauxdoo.mockserver.protocols import Protocol
from fauxdoo.mockserver.protocols.base import Reply, Request, Route, http_error
from fauxdoo.mockserver.protocols.identity import find_session, keep_session, may_serve, refuse_two_databases

if TYPE_CHECKING:
    from fauxdoo.mockserver.fake import FakeOdoo

__all__ = ["App"]

_log = logging.getLogger(__name__)
_STATUS_LINES = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}

StartResponse = Callable[[str, list[tuple[str, str]]], Any]


class App:
    """Serves a `FakeOdoo` by WSGI."""

    def __init__(self, odoo: FakeOdoo) -> None:
        self._odoo = odoo
        routes = [*Console(odoo).routes()]
        for member in Protocol.members.values():
            routes.extend(member(odoo).routes())
        self._routes = routes
        self._exact = {route.path: route for route in routes if "<" not in route.path and route.methods is None}

    @cached_property
    def _map(self) -> MapAdapter:
        """All routes, for what no exact path serves: it takes some 50 ms to make."""
        return _url_map(self._routes)

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        request = Request(self._odoo, environ, _path(environ))
        if self._odoo.validator is not None:
            self._odoo.validator.begin()
        interrupted = False
        try:
            reply = self._serve(request)
        except Interrupted as fault:
            if fault.reply is None:
                return sever(environ, start_response)
            interrupted, reply = True, fault.reply
        except HTTPException as error:
            reply = self._refuse(request, error)
            if reply.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
                # nobody reads the rest of the body, so nothing can follow it
                reply.headers.append(("Connection", "close"))
        except Exception:
            _log.exception("%s %s failed", request.method, request.path)
            reply = self._refuse(request, InternalServerError())
        if self._odoo.validator is not None and not interrupted:
            self._odoo.validator.exchange(request, self._route_of(request), reply)
        headers = [("Content-Type", reply.content_type), ("Content-Length", str(len(reply.body))), *reply.headers]
        if request.delivery is not None:
            headers[0] = ("Content-Type", request.delivery.content_type or reply.content_type)
        start_response(_STATUS_LINES[reply.status], headers)
        if request.delivery is not None and request.method != "HEAD":
            return request.delivery.body(reply)
        return [] if request.method == "HEAD" else [reply.body]  # Granian sends lists at once, all else slowly

    def _serve(self, request: Request) -> Reply:
        request.read()
        if self._odoo.meter is None:
            return self._admitted(request)
        with self._odoo.meter.request(request.path):
            return self._admitted(request)

    def _admitted(self, request: Request) -> Reply:
        with self._odoo.turnstile:
            self._odoo.catch_up()
            if self._odoo.faults.active:
                self._odoo.faults.arrive(request)
            return self._route(request)

    def _route(self, request: Request) -> Reply:
        route, arguments = self._find(request)
        if route.stateless:
            refuse_two_databases(request)
            return self._answer(request, route, arguments)
        find_session(request)
        if not may_serve(request, route.auth):
            raise NotFound()
        reply = self._answer(request, route, arguments)
        if route.cookie:
            reply.headers.extend(keep_session(request))
        return reply

    def _refuse(self, request: Request, error: HTTPException) -> Reply:
        """The error as the routes of this kind put it, as a page where there is no route."""
        route = self._route_of(request)
        return http_error(error, request.environ) if route is None else route.envelope.refuse(request, error)

    def _route_of(self, request: Request) -> Route | None:
        """The route of the request, None where there is none."""
        try:
            return self._find(request)[0]
        except HTTPException:
            return None

    def _find(self, request: Request) -> tuple[Route, dict[str, Any]]:
        route = self._exact.get(request.path)
        if route is not None:
            return route, {}
        found, arguments = self._map.match(request.path, request.method)
        return found, dict(arguments)

    @staticmethod
    def _answer(request: Request, route: Route, arguments: dict[str, Any]) -> Reply:
        if not route.envelope.accepts(request):
            raise UnsupportedMediaType(f"Request inferred type is not compatible with {request.path!r}")
        return route.envelope.answer(request, route, arguments)


def _path(environ: dict[str, Any]) -> str:
    path: str = environ.get("PATH_INFO") or "/"
    return path if path.isascii() else path.encode("latin-1").decode("utf-8", "replace")


def _url_map(routes: Iterable[Route]) -> MapAdapter:
    rules = []
    for route in routes:
        methods = None if route.methods is None else [*route.methods]
        merge_slashes = "<rest:" not in route.path
        rules.append(Rule(route.path, endpoint=route, methods=methods, merge_slashes=merge_slashes))
    return Map(rules, strict_slashes=False, converters={"rest": _Rest}).bind("localhost")


class _Rest(BaseConverter):
    """Whatever follows, also what no path should have in it."""

    part_isolating = False
    regex = r"(?s:.+)"
