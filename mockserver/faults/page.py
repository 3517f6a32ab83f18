"""A proxy answers in Odoo's place, with a page of its own."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import ClassVar

from fauxdoo.mockserver.faults.base import Fault, Interrupted
from fauxdoo.mockserver.turnstile import Turnstile

__all__ = ["Page"]

_TITLES = {
    413: "413 Request Entity Too Large",
    502: "502 Bad Gateway",
    503: "503 Service Temporarily Unavailable",
    504: "504 Gateway Time-out",
}
"""As nginx writes them."""


@dataclass(slots=True)
class Page(Fault):
    """With `committed` the work is done and stays, and only the client does not learn of it."""

    key: ClassVar[str] = "page"
    status: int = HTTPStatus.BAD_GATEWAY
    committed: bool = False

    def __post_init__(self) -> None:
        if self.status not in _TITLES:
            raise ValueError(f"no page for {self.status!r}; there are: {', '.join(map(str, _TITLES))}")

    def before(self, turnstile: Turnstile) -> None:
        if not self.committed:
            raise self._page()

    def after(self, turnstile: Turnstile) -> None:
        if self.committed:
            raise self._page()

    def _page(self) -> Interrupted:
        title = _TITLES[self.status]
        lines = (
            "<html>",
            f"<head><title>{title}</title></head>",
            "<body>",
            f"<center><h1>{title}</h1></center>",
            "<hr><center>nginx</center>",
            "</body>",
            "</html>",
            "",
        )
        return Interrupted(self.status, "\r\n".join(lines).encode(), "text/html")
