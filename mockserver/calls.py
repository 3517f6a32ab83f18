"""What a protocol decodes a request to, and what dispatch takes."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Call", "http_session"]

http_session: ContextVar[dict[str, Any] | None] = ContextVar("http_session", default=None)
"""What the HTTP session of the running call keeps between requests (a dict to read and write); None over `/jsonrpc`,
`/xmlrpc` and from Python, where Odoo has no request either: "This method can only be accessed over HTTP"."""


@dataclass(slots=True)
class Call:
    """One method call on a model by an authenticated user; not to be changed (`frozen` would triple what it costs).

    `args` and `kwargs` are as `execute_kw` takes them: for a record method the ids come first in `args`,
    the context stands in `kwargs["context"]`. JSON-2 sets `ids` and passes keyword arguments only.
    """

    protocol: str
    database: str
    uid: int
    model: str
    method: str
    args: Any = field(default_factory=list)
    kwargs: dict[str, Any] = field(default_factory=dict)
    ids: Any = None
