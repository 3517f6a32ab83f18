"""The server is down for maintenance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fauxdoo.mockserver.faults.base import Fault, Interrupted, Moment, Scene
from fauxdoo.mockserver.faults.nginx import nginx_page

__all__ = ["Maintenance"]


@dataclass(slots=True)
class Maintenance(Fault):
    """Every request gets the proxy's 503, with a `Retry-After` of that many seconds unless it is 0."""

    key: ClassVar[str] = "maintenance"
    retry_after: int = 0

    def __post_init__(self) -> None:
        if self.retry_after < 0:
            raise ValueError("a client is not to try again in the past")

    @property
    def moment(self) -> Moment:
        return "arrival"

    def arrive(self, scene: Scene) -> None:
        headers = [("Retry-After", str(self.retry_after))] if self.retry_after else []
        raise Interrupted(nginx_page(503, headers))
