"""The services behind JSON-RPC and XML-RPC: common, object and db."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.protocols.services.base import Caller, Service
from fauxdoo.mockserver.protocols.services.common import Common
from fauxdoo.mockserver.protocols.services.db import Db
from fauxdoo.mockserver.protocols.services.object import Object

if TYPE_CHECKING:
    from fauxdoo.mockserver.fake import FakeOdoo

__all__ = ["Caller", "Services"]


class Services:
    """The services of one server, by name."""

    def __init__(self, odoo: FakeOdoo) -> None:
        members: tuple[type[Service], ...] = (Common, Object, Db)
        self._members = {member.key: member(odoo) for member in members}

    def call(self, service: Any, method: Any, params: Any, caller: Caller) -> Any:
        """What the method of the service returns; raises KeyError for an unknown service."""
        return self._members[service].call(method, params, caller)
