"""What a client's retry would do twice: every call that changes something is made a second time, and undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.dispatch import Dispatch
from fauxdoo.mockserver.protocols.base import Request

__all__ = ["Auditor", "Duplicate"]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A call that makes records again when it is sent again."""

    call: Call
    created: dict[str, int]
    """How many records more, by model."""

    def __str__(self) -> str:
        made = ", ".join(f"{count} {model}" for model, count in self.created.items())
        return f"{self.call.model}.{self.call.method} over {self.call.protocol}: sent again it makes {made} more"


class Auditor:
    """A context manager: watches the calls of clients within its block, and changes nothing.

    A call is safe that a retry would have refused, that makes nothing new, or that carries an `Idempotency-Key` which
    REST answers from memory. `duplicates` are the others, `str()` names them, and it is true if there are none.
    """

    def __init__(self, dispatch: Dispatch, ended: Callable[[Auditor], None]) -> None:
        self._dispatch, self._ended = dispatch, ended
        self.duplicates: list[Duplicate] = []

    def after(self, call: Call, request: Request | None, work: Callable[[], Any]) -> None:
        """Make the call again, just after it was done."""
        if request is not None and call.protocol == "rest" and request.header("Idempotency-Key"):
            return
        created = self._dispatch.rehearse(work)
        if created:
            self.duplicates.append(Duplicate(call, {model: len(ids) for model, ids in created.items()}))

    def __bool__(self) -> bool:
        return not self.duplicates

    def __str__(self) -> str:
        if not self.duplicates:
            return "no call makes anything twice when it is sent again"
        return "\n".join(map(str, self.duplicates))

    def __enter__(self) -> Auditor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._ended(self)
