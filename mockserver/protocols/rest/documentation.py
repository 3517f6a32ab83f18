"""The pages that describe REST: `/api/openapi.json`, for everybody, as it tells of models and not of records."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from werkzeug.exceptions import NotFound

from fauxdoo.mockserver.protocols.base import JSON, Protocol, Reply, Request, Route
from fauxdoo.mockserver.protocols.jsons import dumps
from fauxdoo.mockserver.protocols.rest.envelope import PUBLIC_REST
from fauxdoo.mockserver.protocols.rest.openapi import describe, described_models
from fauxdoo.mockserver.protocols.rest.paging import address

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment

__all__ = ["Documentation"]

_GET = frozenset({"GET", "HEAD", "OPTIONS"})


class Documentation(Protocol):
    """Of the models of the default database, or of the one named in `X-Odoo-Database`."""

    key = "rest-documentation"

    def routes(self) -> Iterable[Route]:
        if self.odoo.dialect.rest:
            yield Route("/api/openapi.json", self._openapi, PUBLIC_REST, methods=_GET, cookie=False)

    def _openapi(self, request: Request) -> Reply:
        """All models, or those of `?models=res.partner,sale.order`."""
        name = request.database or self.odoo.settings.db
        with self.odoo.dispatch.database(name).transaction(su=True, readonly=True) as env:
            server = address(request, "")
            return Reply(dumps(describe(env, _wanted(request, env), server, _version())), JSON)


def _wanted(request: Request, env: Environment) -> list[str]:
    known = described_models(env)
    given = parse_qs(request.environ.get("QUERY_STRING") or "").get("models", [])
    names = [name.strip() for value in given for name in value.split(",") if name.strip()]
    for name in names:
        if name not in known:
            raise NotFound(f"the model {name!r} does not exist")
    return list(dict.fromkeys(names)) or known


def _version() -> str:
    try:
        return version_of("fauxdoo")
    except PackageNotFoundError:  # run from the sources
        return "0"
