"""Stubs: what a test puts in the place of a method, simulated or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.orm.registry import Registry

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["Stub", "StubbedCall"]


@dataclass(frozen=True, slots=True)
class StubbedCall:
    """One call of a stubbed method: ids of the records, arguments as they were sent."""

    ids: list[int]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


class Stub:
    """A method of a model that answers a fixed value, or what a function makes of (records, *args, **kwargs).

    It holds for every caller until `remove`, the end of a `with` block, or the server's reset. Raises ValueError for an
    unknown model, and for a method the real model does not have either.
    """

    def __init__(
        self, registry: Registry, model: str, method: str, returns: Any, function: Callable[..., Any] | None
    ) -> None:
        if model not in registry:
            raise ValueError(f"unknown model {model!r}")
        self._class = registry[model]
        self._registry, self.model, self.method = registry, model, method
        facts = {**registry.facts("base")["methods"], **self._class._methods}
        if not hasattr(self._class, method) and not isinstance(facts.get(method), dict):
            raise ValueError(f"model {model!r} has no method {method!r}, neither here nor in a real Odoo")
        self.calls: list[StubbedCall] = []
        """What was called so far."""
        self._before = vars(self._class).get(method)
        self._put(self._answering(returns, function))

    def _answering(self, returns: Any, function: Callable[..., Any] | None) -> Callable[..., Any]:
        def stubbed(records: Any, *args: Any, **kwargs: Any) -> Any:
            self.calls.append(StubbedCall(list(records.ids), args, kwargs))
            return returns if function is None else function(records, *args, **kwargs)

        for mark in ("_api", "_guide"):
            if hasattr(getattr(self._class, self.method, None), mark):
                setattr(stubbed, mark, getattr(getattr(self._class, self.method), mark))
        return stubbed

    def _put(self, method: Any) -> None:
        if method is None:
            delattr(self._class, self.method)
        else:
            setattr(self._class, self.method, method)
        self._registry.signatures.pop((self.model, self.method), None)

    def remove(self) -> None:
        """Put the method back that was there before; a second time does nothing."""
        if self.method in vars(self._class):
            self._put(self._before)

    def __enter__(self) -> Stub:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.remove()
