"""The web client's calls of models: `/web/dataset/call_kw` and `call_button`, over a session."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from werkzeug.exceptions import NotFound

from fauxdoo.mockserver.calls import Call, http_session
from fauxdoo.mockserver.protocols.base import Endpoint, Protocol, Request, Route, named
from fauxdoo.mockserver.protocols.envelopes import JSONRPC

__all__ = ["Dataset"]


class Dataset(Protocol):
    """Methods of models for the user of the session; what follows in the path is ignored."""

    key = "dataset"

    def routes(self) -> Iterable[Route]:
        for path, endpoint in (("call_kw", self._call_kw()), ("call_button", self._call_button())):
            for rule in (f"/web/dataset/{path}", f"/web/dataset/{path}/<path:path>"):
                yield Route(rule, endpoint, JSONRPC, auth="user", before=self._look)

    def _look(self, request: Request) -> None:
        """What Odoo does to see whether a method only reads: the first to notice an unknown model."""
        params = request.message["params"]
        if params.get("model") not in self.odoo.dispatch.database(request.known_database).registry:
            raise NotFound()
        if not isinstance(params["method"], str):
            raise TypeError(f"attribute name must be string, not {type(params['method']).__name__!r}")

    def _call_kw(self) -> Endpoint:
        @named("odoo.addons.web.controllers.dataset:DataSet.call_kw")
        def call_kw(request: Request, model: Any, method: Any, args: Any, kwargs: Any, path: Any = None) -> Any:
            return self._run(request, model, method, args, kwargs)

        return call_kw

    def _call_button(self) -> Endpoint:
        @named("odoo.addons.web.controllers.dataset:DataSet.call_button")
        def call_button(request: Request, model: Any, method: Any, args: Any, kwargs: Any, path: Any = None) -> Any:
            action = self._run(request, model, method, args, kwargs)
            return action if isinstance(action, dict) and action.get("type") != "" else False

        return call_button

    def _run(self, request: Request, model: Any, method: Any, args: Any, kwargs: Any) -> Any:
        session = request.session
        data = session.data if session is not None and session.uid is not None else {}
        token, before = http_session.set(data), dict(data)
        try:
            call = Call("call_kw", request.known_database, request.known_uid, model, method, args, dict(kwargs))
            return self.odoo.dispatch.call_kw(call)
        finally:
            http_session.reset(token)
            if session is not None and data != before:
                self.odoo.sessions.note(session)
