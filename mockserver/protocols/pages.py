"""Small public routes: versions, databases, health, and the few pages a client may stumble over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect

from fauxdoo.mockserver.protocols.base import Protocol, Reply, Request, Route, page
from fauxdoo.mockserver.protocols.envelopes import HTTP, JSONRPC
from fauxdoo.mockserver.protocols.jsons import dumps
from fauxdoo.mockserver.protocols.services import Caller, Services
from fauxdoo.mockserver.protocols.services.base import VERSION, VERSION_INFO
from fauxdoo.mockserver.protocols.services.common import version

if TYPE_CHECKING:
    from fauxdoo.mockserver.fake import FakeOdoo

__all__ = ["Pages"]

_HTML = "text/html; charset=utf-8"
_LOGIN = b"<!DOCTYPE html>\n<title>Fauxdoo</title>\n<p>There is no web client here.</p>\n"


class Pages(Protocol):
    """What asks for no user."""

    key = "pages"

    def __init__(self, odoo: FakeOdoo) -> None:
        super().__init__(odoo)
        self._services = Services(odoo)

    def routes(self) -> Iterable[Route]:
        return [
            Route("/web/webclient/version_info", _version_info, JSONRPC),
            Route("/web/version", _version, HTTP),
            Route("/json/version", _version, HTTP),
            Route("/web/database/list", self._databases, JSONRPC),
            Route("/web/session/get_lang_list", self._languages, JSONRPC),
            Route("/web/health", _health, HTTP, stateless=True),
            Route("/robots.txt", _robots, HTTP),
            *(Route(path, _page, HTTP) for path in ("/web/login", "/web/database/selector", "/web/database/manager")),
            Route("/json/<path:path>", _disabled, HTTP, auth="user"),
            Route("/json/1/<path:path>", _disabled, HTTP, auth="bearer"),
            *(Route(path, _home, HTTP) for path in ("/", "/web", "/odoo", "/odoo/<path:path>")),
        ]

    def _databases(self, request: Request) -> Any:
        return self._services.call("db", "list", [], Caller("web"))

    def _languages(self, request: Request) -> Any:
        return self._services.call("db", "list_lang", [], Caller("web"))


def _version_info(request: Request) -> Any:
    return version()


def _version(request: Request, **_query: Any) -> Reply:
    return Reply(dumps({"version_info": VERSION_INFO, "version": VERSION}))


def _health(request: Request) -> Reply:
    asked = "db_server_status=" in request.environ.get("QUERY_STRING", "")
    return Reply(dumps({"status": "pass", "db_server_status": True} if asked else {"status": "pass"}))


def _robots(request: Request) -> Reply:
    return Reply(b"User-agent: *\nDisallow: /", "text/plain; charset=utf-8")


def _page(request: Request) -> Reply:
    return Reply(_LOGIN, _HTML)


def _disabled(request: Request, path: str) -> Reply:
    """The web client's views as JSON: a parameter switches them on, and in a fresh database it does not."""
    raise NotFound()


def _home(request: Request, path: str = "") -> Reply:
    """The web client for those who are logged in, the login page for all others."""
    session = request.session
    if request.path != "/" and session is not None and session.uid is not None:
        return Reply(_LOGIN, _HTML)
    return page(redirect("/odoo" if request.path == "/" else "/web/login", 303), request)
