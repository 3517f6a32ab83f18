"""The pages that describe REST, for everybody, as they tell of models and not of records."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import parse_qs

from werkzeug.exceptions import NotFound, ServiceUnavailable

from fauxdoo.mockserver.protocols.base import JSON, Protocol, Reply, Request, Route
from fauxdoo.mockserver.protocols.envelopes import HTTP
from fauxdoo.mockserver.protocols.jsons import dumps
from fauxdoo.mockserver.protocols.rest.envelope import PUBLIC_REST
from fauxdoo.mockserver.protocols.rest.openapi import describe, described_models
from fauxdoo.mockserver.protocols.rest.paging import address

if TYPE_CHECKING:
    from collections.abc import Callable

    from fauxdoo.mockserver.orm.environment import Environment

__all__ = ["Documentation"]

_Result = TypeVar("_Result")

_GET = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN = ("docs.css", "docs.js")
_OF_SWAGGER_UI = ("favicon-32x32.png", "swagger-ui.css", "swagger-ui-bundle.js")
_SECURITY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"


class Documentation(Protocol):
    """`/api/openapi.json` and the interactive page `/api/docs`, which loads nothing from elsewhere.

    Of the models of the default database, or of the one named in `X-Odoo-Database`.
    """

    key = "rest-documentation"

    def routes(self) -> Iterable[Route]:
        if self.odoo.dialect.rest:
            yield Route("/api/openapi.json", self._openapi, PUBLIC_REST, methods=_GET, cookie=False)
            yield Route("/api/openapi/models.json", self._models, PUBLIC_REST, methods=_GET, cookie=False)
            yield Route("/api/docs", self._page, HTTP, methods=_GET, cookie=False)
            yield Route("/api/docs/<asset>", self._asset, HTTP, methods=_GET, cookie=False)

    def _openapi(self, request: Request) -> Reply:
        """All models, or those of `?models=res.partner,sale.order`."""
        server, version = address(request, ""), _version()
        return _json(self._look(request, lambda env: describe(env, _wanted(request, env), server, version)))

    def _models(self, request: Request) -> Reply:
        return _json(self._look(request, described_models))

    def _look(self, request: Request, at: Callable[[Environment], _Result]) -> _Result:
        name = request.database or self.odoo.settings.db
        with self.odoo.dispatch.database(name).transaction(su=True, readonly=True) as env:
            return at(env)

    def _page(self, request: Request) -> Reply:
        _swagger_ui()
        page = Path(__file__).with_name("docs.html").read_bytes()
        return Reply(page, "text/html; charset=utf-8", headers=[("Content-Security-Policy", _SECURITY)])

    def _asset(self, request: Request, asset: str) -> Reply:
        if asset in _OWN:
            path = Path(__file__).with_name(asset)
        elif asset in _OF_SWAGGER_UI:
            path = _swagger_ui() / asset
        else:
            raise NotFound
        kind = mimetypes.guess_type(asset)[0] or "application/octet-stream"
        return Reply(path.read_bytes(), kind, headers=[("Cache-Control", "max-age=3600")])


def _swagger_ui() -> Path:
    """The folder of Swagger UI's files, which the package swagger-ui-py brings. Raises ServiceUnavailable."""
    spec = find_spec("swagger_ui")
    if spec is None or not spec.submodule_search_locations:
        raise ServiceUnavailable("This page needs Swagger UI: pip install 'fauxdoo[docs]'")
    return Path(next(iter(spec.submodule_search_locations))) / "static"


def _wanted(request: Request, env: Environment) -> list[str]:
    known = described_models(env)
    given = parse_qs(request.environ.get("QUERY_STRING") or "").get("models", [])
    names = [name.strip() for value in given for name in value.split(",") if name.strip()]
    for name in names:
        if name not in known:
            raise NotFound(f"the model {name!r} does not exist")
    return list(dict.fromkeys(names)) or known


def _json(value: object) -> Reply:
    return Reply(dumps(value), JSON)


def _version() -> str:
    try:
        return version_of("fauxdoo")
    except PackageNotFoundError:  # run from the sources
        return "0"
