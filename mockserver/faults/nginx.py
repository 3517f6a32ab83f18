"""The pages of a proxy that answers in Odoo's place, as nginx writes them."""

from __future__ import annotations

from collections.abc import Iterable

from fauxdoo.mockserver.protocols.base import Reply

__all__ = ["TITLES", "nginx_page"]

TITLES = {
    413: "413 Request Entity Too Large",
    429: "429 Too Many Requests",
    502: "502 Bad Gateway",
    503: "503 Service Temporarily Unavailable",
    504: "504 Gateway Time-out",
}


def nginx_page(status: int, headers: Iterable[tuple[str, str]] = ()) -> Reply:
    """The page of a status of `TITLES`."""
    title = TITLES[status]
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
    return Reply("\r\n".join(lines).encode(), "text/html", status, [*headers])
