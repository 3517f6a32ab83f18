"""What test suites in other languages ask of the server: health, reset, snapshot, restore, the journal."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from werkzeug.exceptions import BadRequest, Forbidden, MethodNotAllowed, NotFound, Unauthorized

from fauxdoo.mockserver.protocols.base import Reply, Request, Route
from fauxdoo.mockserver.protocols.envelopes import HTTP
from fauxdoo.mockserver.protocols.jsons import dumps

if TYPE_CHECKING:
    from fauxdoo.mockserver.fake import FakeOdoo

__all__ = ["Console"]


class Console:
    """The routes of the admin API; each may name a database in its body as `{"db": …}`."""

    def __init__(self, odoo: FakeOdoo) -> None:
        self._odoo = odoo

    def routes(self) -> Iterable[Route]:
        """The paths served, all of them JSON."""
        yield Route("/_fauxdoo/health", self._health, HTTP, stateless=True)
        for name, action in (("reset", self._reset), ("snapshot", self._snapshot), ("restore", self._restore)):
            yield Route(f"/_fauxdoo/{name}", self._guarded(action), HTTP, stateless=True, csrf=False)
        yield Route("/_fauxdoo/journal", self._guarded(self._journal, "GET"), HTTP, stateless=True, csrf=False)

    def _guarded(self, action: Callable[[dict[str, Any]], Any], verb: str = "POST") -> Callable[[Request], Reply]:
        """Only with the token, or from this machine where there is none."""

        def endpoint(request: Request) -> Reply:
            if request.method != verb:
                raise MethodNotAllowed([verb])
            self._check(request)
            return Reply(dumps(action(_arguments(request))))

        return endpoint

    def _check(self, request: Request) -> None:
        token = self._odoo.settings.admin_token
        if not token:
            if not _is_loopback(self._odoo.settings.host):
                raise Forbidden("Set an admin token to use the admin API of a server others can reach.")
            if _comes_from_another_site(request):
                raise Forbidden("A page of another site may not use the admin API.")
            return
        sent = request.header("Authorization").removeprefix("Bearer ").strip()
        if not hmac.compare_digest(sent.encode(), token.encode()):
            raise Unauthorized("The admin API asks for its token: Authorization: Bearer TOKEN")

    def _health(self, request: Request) -> Reply:
        odoo = self._odoo
        return Reply(dumps({"status": "ok", "dialect": odoo.dialect.name, "databases": sorted(odoo.databases)}))

    def _reset(self, arguments: dict[str, Any]) -> Any:
        name = arguments.get("db")
        if name is None:
            self._odoo.reset()
        else:
            self._database(name).reset()
        return {"status": "ok"}

    def _snapshot(self, arguments: dict[str, Any]) -> Any:
        return {"name": self._database(arguments.get("db")).snapshot()}

    def _restore(self, arguments: dict[str, Any]) -> Any:
        if "name" not in arguments:
            raise BadRequest('Say which snapshot: {"name": …}')
        try:
            self._database(arguments.get("db")).restore(arguments["name"])
        except (KeyError, TypeError):
            raise NotFound("No such snapshot") from None
        return {"status": "ok"}

    def _journal(self, arguments: dict[str, Any]) -> Any:
        return [entry.as_dict() for entry in self._odoo.journal]

    def _database(self, name: Any) -> Any:
        databases = self._odoo.databases
        name = self._odoo.settings.db if name is None else name
        if not isinstance(name, str) or name not in databases:
            raise NotFound("No such database")
        return databases[name]


def _arguments(request: Request) -> dict[str, Any]:
    if not request.body:
        return {}
    try:
        arguments = request.message
    except ValueError:
        raise BadRequest("The body is no JSON") from None
    if not isinstance(arguments, dict):
        raise BadRequest("The body is no JSON object")
    return arguments


def _comes_from_another_site(request: Request) -> bool:
    origin = request.header("Origin")
    return bool(origin) and urlsplit(origin).netloc != request.header("Host")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
