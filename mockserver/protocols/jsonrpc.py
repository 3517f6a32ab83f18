"""JSON-RPC at `/jsonrpc`: the services."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.protocols.base import Protocol, Request, Route, named
from fauxdoo.mockserver.protocols.envelopes import JSONRPC
from fauxdoo.mockserver.protocols.identity import bearer
from fauxdoo.mockserver.protocols.services import Caller, Services

if TYPE_CHECKING:
    from fauxdoo.mockserver.fake import FakeOdoo

__all__ = ["JsonRpc"]

_ANONYMOUS = Caller("jsonrpc")


class JsonRpc(Protocol):
    """`{"service": …, "method": …, "args": […]}` with any verb."""

    key = "jsonrpc"

    def __init__(self, odoo: FakeOdoo) -> None:
        super().__init__(odoo)
        services, takes_bearer = Services(odoo), odoo.dialect.bearer_everywhere

        @named("odoo.addons.rpc.controllers.jsonrpc:JSONRPC.jsonrpc")
        def call(request: Request, service: Any, method: Any, args: Any) -> Any:
            key = bearer(request) if takes_bearer else None
            return services.call(service, method, args, _ANONYMOUS if key is None else Caller("jsonrpc", key))

        self._call = call

    def routes(self) -> Iterable[Route]:
        return [Route("/jsonrpc", self._call, JSONRPC, stateless=True)]
