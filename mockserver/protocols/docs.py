"""The documentation of models at `/doc` and `/doc-bearer`: clients read the order of arguments there."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import NotFound

from fauxdoo.mockserver.errors import AccessError
from fauxdoo.mockserver.protocols.base import Authentication, Protocol, Reply, Request, Route
from fauxdoo.mockserver.protocols.envelopes import HTTP
from fauxdoo.mockserver.protocols.json2 import JSON2
from fauxdoo.mockserver.signatures import public_method

if TYPE_CHECKING:
    from fauxdoo.mockserver.databases import Database
    from fauxdoo.mockserver.orm.environment import Environment

__all__ = ["Docs"]

_GROUP = "api_doc.group_allow_doc"
_DENIED = "This page is only accessible to Technical Documentation users."
_PAGE = b"<!DOCTYPE html>\n<title>Fauxdoo</title>\n<p>The documentation is at /doc/&lt;model&gt;.json</p>\n"
_WAYS: tuple[tuple[str, Authentication], ...] = (("/doc", "user"), ("/doc-bearer", "bearer"))
_GET = frozenset({"GET", "HEAD", "OPTIONS"})


class Docs(Protocol):
    """What models there are, their fields and methods; for members of the documentation group."""

    key = "docs"

    def routes(self) -> Iterable[Route]:
        yield Route("/doc", self._page, HTTP, auth="user")
        yield Route("/doc/<model>", self._page, HTTP, auth="user")
        for path, auth in _WAYS:
            yield Route(f"{path}/index.json", self._index, JSON2, auth=auth, methods=_GET, cookie=False)
            yield Route(f"{path}/<model>.json", self._model, JSON2, auth=auth, methods=_GET, cookie=False)

    def _page(self, request: Request, model: str = "") -> Reply:
        with self._opened(request):
            return Reply(_PAGE, "text/html; charset=utf-8")

    def _index(self, request: Request) -> Any:
        with self._opened(request) as env:
            registry = env.registry
            models = [{"model": name, "name": env[name]._description} for name in registry.names]
            return {"modules": sorted(_installed(env)), "models": models}

    def _model(self, request: Request, model: str) -> Any:
        with self._opened(request) as env:
            if model not in env.registry:
                raise NotFound()
            return {
                "model": model,
                "name": env[model]._description,
                "doc": None,
                "fields": env[model].fields_get(),
                "methods": _methods(env, model),
            }

    def _opened(self, request: Request) -> Any:
        return _for_readers(self.odoo.dispatch.database(request.known_database), request.known_uid)


@contextmanager
def _for_readers(database: Database, uid: int) -> Iterator[Environment]:
    """An environment of the user, who must be in the documentation group."""
    with database.transaction(uid) as env:
        if not env.user.has_group(_GROUP):
            raise AccessError(_DENIED)
        yield env


def _installed(env: Environment) -> Iterable[str]:
    modules = env["ir.module.module"].sudo().search([("state", "=", "installed")])
    names: Iterable[str] = modules.mapped("name")
    return names


def _methods(env: Environment, model: str) -> dict[str, Any]:
    """The public methods by name: the catalogue's, and those that classes add."""
    facts = env.registry.facts
    methods = {**facts("base").get("methods", {}), **facts(model).get("methods", {})}
    found = {
        name: _method(model, fact["params"], fact["api"] == "model")
        for name, fact in methods.items()
        if isinstance(fact, Mapping)
    }
    for name in set(dir(env.registry[model])).difference(methods):
        with suppress(AttributeError, AccessError):
            signature = public_method(env, model, name)
            found[name] = _method(model, map(str, signature.python.parameters.values()), signature.on_model)
    return dict(sorted(found.items()))


def _method(model: str, params: Iterable[str], on_model: bool) -> dict[str, Any]:
    written = [*params]
    return {
        "model": model,
        "signature": f"({', '.join(written)})",
        "parameters": dict(_parameter(text) for text in written),
        "api": ["model"] if on_model else [],
        "doc": None,
        "return": {},
        "raise": {},
    }


def _parameter(text: str) -> tuple[str, dict[str, Any]]:
    """Name and description of a parameter written as in Python: `limit=None`, `*args`."""
    declared, has_default, default = text.partition("=")
    name = declared.partition(":")[0].strip()
    kinds = {"**": "VAR_KEYWORD", "*": "VAR_POSITIONAL"}
    bare = name.lstrip("*")
    described: dict[str, Any] = {"kind": kinds.get(name[: len(name) - len(bare)], "POSITIONAL_OR_KEYWORD")}
    if has_default:
        described["default"] = _literal(default.strip())
    return bare, described


def _literal(text: str) -> Any:
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text
