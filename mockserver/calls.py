"""What a protocol decodes a request to, and what dispatch takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Call"]


@dataclass(frozen=True, slots=True)
class Call:
    """One method call on a model by an authenticated user.

    `args` and `kwargs` are as `execute_kw` takes them: for a record method the ids come first in `args`,
    the context stands in `kwargs["context"]`. JSON-2 sets `ids` and passes keyword arguments only.
    """

    protocol: str
    database: str
    uid: int
    model: str
    method: str
    args: list[Any] = field(default_factory=list)
    kwargs: dict[str, Any] = field(default_factory=dict)
    ids: list[int] | None = None
