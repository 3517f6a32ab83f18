"""What was called: a bounded list, for tests to look at."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

__all__ = ["Entry", "Journal"]

_SECRETS = frozenset({"password", "new_password", "new_passwd", "old_passwd", "confirm_password", "key", "api_key"})
_HIDDEN = "***"


@dataclass(frozen=True, slots=True)
class Entry:
    """One call of a model's method and what came of it."""

    protocol: str
    database: str
    user: int
    model: str
    method: str
    args: Any
    kwargs: dict[str, Any]
    result: Any
    error: BaseException | None
    duration: float
    """Seconds."""
    at: datetime
    """When it ended, naive UTC by the server's clock."""

    def __repr__(self) -> str:
        end = f" raised {type(self.error).__name__}" if self.error else ""
        return f"<{self.protocol} {self.database} {self.user}: {self.model}.{self.method}{end}>"

    def as_dict(self) -> dict[str, Any]:
        """The call as plain data, without its result; what is named like a password is hidden."""
        return {
            "protocol": self.protocol,
            "db": self.database,
            "user": self.user,
            "model": self.model,
            "method": self.method,
            "args": _HIDDEN if "password" in self.method else _hide(self.args),
            "kwargs": _hide(self.kwargs),
            "error": None if self.error is None else type(self.error).__name__,
            "duration": self.duration,
            "at": self.at.isoformat(sep=" "),
        }


class Journal:
    """The last `size` calls, oldest first."""

    def __init__(self, size: int = 1000) -> None:
        self._entries: deque[Entry] = deque(maxlen=size)

    def add(self, entry: Entry) -> None:
        """Note a call; the oldest goes where the journal is full."""
        self._entries.append(entry)

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()

    def calls(self, model: str | None = None, method: str | None = None) -> list[Entry]:
        """The calls of a model, of a method, or all."""
        return [e for e in list(self._entries) if model in (None, e.model) and method in (None, e.method)]

    def __iter__(self) -> Iterator[Entry]:
        return iter(list(self._entries))

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, index: int) -> Entry:
        return self._entries[index]


def _hide(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _HIDDEN if key in _SECRETS else _hide(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_hide(each) for each in value]
    return value
