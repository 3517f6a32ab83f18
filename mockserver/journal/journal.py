"""The last calls, bounded in number and in bytes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from threading import Lock

from fauxdoo.mockserver.journal.entry import Entry

__all__ = ["Journal"]

_CALLS = 5000
_BYTES = 32 << 20
_LARGEST = 1 << 20


class Journal:
    """The last calls, oldest first: 5000 of them, or as many as hold 32 MB; of a call with more than 1 MB a part."""

    def __init__(self, calls: int = _CALLS, bytes: int = _BYTES, largest: int = _LARGEST) -> None:
        self._most, self._bytes, self._largest = calls, bytes, largest
        self._entries: deque[Entry] = deque()
        self._held = 0
        self._lock = Lock()
        self.dropped = 0
        """Calls that are no longer here, for want of room."""
        self.witnesses: list[Callable[[Entry], None]] = []
        """Told of each call; one may say where the call comes from."""

    def add(self, entry: Entry) -> None:
        """Note a call; the oldest go where the journal is full."""
        if entry.error is not None:
            entry.error = _without_frames(entry.error)
        for witness in self.witnesses:
            witness(entry)
        entry.weigh(self._largest)
        with self._lock:
            self._entries.append(entry)
            self._held += entry.size
            while self._held > self._bytes or len(self._entries) > self._most:
                self._held -= self._entries.popleft().size
                self.dropped += 1

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._entries.clear()
            self._held = self.dropped = 0

    def calls(self, model: str | None = None, method: str | None = None) -> list[Entry]:
        """The calls of a model, of a method, or all."""
        return [e for e in list(self._entries) if model in (None, e.model) and method in (None, e.method)]

    def __iter__(self) -> Iterator[Entry]:
        return iter(list(self._entries))

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, index: int) -> Entry:
        return self._entries[index]


def _without_frames(error: BaseException) -> BaseException:
    """A copy of the error that holds no traceback: its frames would keep cursors and records alive."""
    copied = type(error).__new__(type(error), *error.args)
    copied.args = error.args
    copied.__dict__.update(error.__dict__)
    return copied
