"""The faults of one server: set, taken away, and brought about around its calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from threading import Lock
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.dispatch import Dispatch
from fauxdoo.mockserver.faults.base import Fault
from fauxdoo.mockserver.turnstile import Turnstile

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["Faults", "SetFault"]


class SetFault:
    """A fault that is set; as a context manager it ends with the block."""

    def __init__(self, faults: Faults, spec: dict[str, Any], seed: int) -> None:
        self.spec = spec
        self.fault, self.selection = Fault.from_spec(spec)
        self.seen = self.hits = 0
        self._faults, self._random, self._lock = faults, Random(f"fault {seed}"), Lock()

    def __repr__(self) -> str:
        return f"<fault {self.spec}: {self.hits} hits>"

    def due(self, call: Call) -> bool:
        """Whether it hits this call; counts."""
        if not self.selection.fits(call):
            return False
        with self._lock:
            self.seen += 1
            due = self.selection.hits(self.seen, self.hits, self._random)
            self.hits += due
        return due

    def remove(self) -> None:
        """End the fault; ending it twice is no error."""
        self._faults.drop(self)

    def __enter__(self) -> SetFault:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.remove()


class Faults:
    """`odoo.faults`. A server without any pays nothing for them."""

    def __init__(
        self, dispatch: Dispatch, turnstile: Turnstile, seed: int, first: Sequence[Mapping[str, Any]] = ()
    ) -> None:
        self._dispatch, self._turnstile, self._seed, self._first = dispatch, turnstile, seed, first
        self._set: list[SetFault] = []
        self._past: list[SetFault] = []
        self.clear()

    def add(self, kind: str, **options: Any) -> SetFault:
        """Set a fault until it is removed or the server reset. Raises ValueError for what makes no sense."""
        return self._put({"kind": kind, **options})

    def _put(self, spec: dict[str, Any]) -> SetFault:
        added = SetFault(self, spec, self._seed)
        self._set = [*self._set, added]
        self._dispatch.around = self._around
        return added

    def drop(self, fault: SetFault) -> None:
        """End a fault."""
        if fault in self._set:
            self._set = [each for each in self._set if each is not fault]
            self._past.append(fault)
        if not self._set:
            self._dispatch.around = None

    def clear(self) -> None:
        """Only those that the settings name, as if none had hit yet."""
        self._set, self._past, self._dispatch.around = [], [], None
        for spec in self._first:
            self._put(dict(spec))

    @property
    def unused(self) -> list[SetFault]:
        """The faults since the last reset, ended or not, that never hit."""
        return [fault for fault in (*self._past, *self._set) if not fault.hits]

    def _around(self, call: Call, work: Callable[[], Any]) -> Any:
        due = [each.fault for each in self._set if each.due(call)]
        for fault in due:
            fault.before(self._turnstile)
        result = work()
        for fault in due:
            fault.after(self._turnstile)
        return result
