"""What did not keep to the contract."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from threading import Lock
from typing import Any, Literal

__all__ = ["Side", "Violation", "Violations"]

_MOST = 1000

Side = Literal["request", "response", "webhook"]


@dataclass(frozen=True, slots=True)
class Violation:
    """One place in what was sent or answered that its schema does not allow."""

    side: Side
    """`request` for the client's doing; `response` and `webhook` for the server's."""
    protocol: str
    """`xmlrpc`, `jsonrpc`, `call_kw`, `json2`, `rest`, `webhook`."""
    what: str
    """`res.partner.create`, or verb and path where no method was reached."""
    schema: str
    """The schema of `contracts/schemas`, or `MODEL#METHOD` where the model's own has a part in it."""
    pointer: str
    """JSON pointer (RFC 6901) into what was checked; "" is the whole."""
    reason: str
    """What is wrong there; secrets are hidden."""

    def __str__(self) -> str:
        return f"{self.side} {self.protocol} {self.what} {self.pointer or '/'}: {self.reason}"

    def as_dict(self) -> dict[str, Any]:
        """The violation as plain data."""
        return asdict(self)


class Violations:
    """`odoo.violations`: the last 1000, oldest first; empty unless the server validates (`Settings(validate=True)`)."""

    def __init__(self) -> None:
        self._found: deque[Violation] = deque(maxlen=_MOST)
        self._lock = Lock()

    def add(self, violation: Violation) -> None:
        """Note one."""
        with self._lock:
            self._found.append(violation)

    def of(self, side: Side) -> list[Violation]:
        """Those of requests, of responses, or of webhooks."""
        return [violation for violation in self if violation.side == side]

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._found.clear()

    def assert_none(self) -> None:
        """Raise AssertionError that shows each of them, if there are any."""
        if len(self):
            raise AssertionError(str(self))

    def __iter__(self) -> Iterator[Violation]:
        with self._lock:
            return iter([*self._found])

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, index: int) -> Violation:
        return self._found[index]

    def __str__(self) -> str:
        found = [*self]
        return "\n".join([f"{len(found)} violations of the contract:", *(f"  {violation}" for violation in found)])
