"""A proxy answers in Odoo's place, with a page of its own."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import ClassVar

from fauxdoo.mockserver.faults.base import Fault, Interrupted, Scene
from fauxdoo.mockserver.faults.nginx import TITLES, nginx_page

__all__ = ["Page"]


@dataclass(slots=True)
class Page(Fault):
    """With `committed` the work is done and stays, and only the client does not learn of it."""

    key: ClassVar[str] = "page"
    status: int = HTTPStatus.BAD_GATEWAY
    committed: bool = False

    def __post_init__(self) -> None:
        if self.status not in TITLES:
            raise ValueError(f"no page for {self.status!r}; there are: {', '.join(map(str, TITLES))}")

    def before(self, scene: Scene) -> None:
        if not self.committed:
            raise Interrupted(nginx_page(self.status))

    def after(self, scene: Scene) -> None:
        if self.committed:
            raise Interrupted(nginx_page(self.status))
