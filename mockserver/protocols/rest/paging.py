"""The headers of a list: how many records there are, and where the next and the previous page is."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from werkzeug.wsgi import get_current_url

from fauxdoo.mockserver.protocols.base import Request

__all__ = ["address", "paging"]


def address(request: Request, path: str) -> str:
    """A path of this server as the client can ask for it."""
    return get_current_url(request.environ, host_only=True).rstrip("/") + quote(path)


def paging(request: Request, query: dict[str, Any], total: int) -> list[tuple[str, str]]:
    """X-Total-Count, and Link where there are further pages."""
    offset, limit = query.get("offset", 0), query.get("limit", 0)
    pages = {}
    if limit and offset + limit < total:
        pages["next"] = offset + limit
    if limit and offset:
        pages["prev"] = max(0, offset - limit)
    headers = [("X-Total-Count", str(total))]
    if pages:
        links = (f'<{_page(request, start)}>; rel="{name}"' for name, start in pages.items())
        headers.append(("Link", ", ".join(links)))
    return headers


def _page(request: Request, offset: int) -> str:
    """The address of the same question from another record on."""
    given = parse_qsl(request.environ.get("QUERY_STRING") or "", keep_blank_values=True, errors="replace")
    pairs = [(name, value) for name, value in given if name != "offset"]
    return f"{address(request, request.path)}?{urlencode([*pairs, ('offset', offset)], errors='replace')}"
