"""What a service is: methods by name, called with positional arguments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from fauxdoo.mockserver.fake import FakeOdoo

__all__ = ["VERSION", "VERSION_INFO", "Caller", "Service", "open_database"]

VERSION = "19.0"
VERSION_INFO = [19, 0, 0, "final", 0, ""]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls a service: the protocol, and the key in its Authorization header where the dialect takes one."""

    protocol: str
    key: str | None = None


class Service:
    """One service of a server."""

    key: ClassVar[str]

    def __init__(self, odoo: FakeOdoo) -> None:
        self.odoo = odoo

    def call(self, method: Any, params: Any, caller: Caller) -> Any:
        """Call a method; errors are those a real Odoo raises for an unknown method or wrong arguments."""
        raise NotImplementedError


def open_database(odoo: FakeOdoo, name: Any) -> None:
    """Raise what a real Odoo raises for a database that is missing or not there."""
    if not name:
        raise AssertionError("Missing database name")
    if name not in odoo.databases:
        odoo.dispatch.database(name)
