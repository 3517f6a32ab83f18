"""What a server remembers beside its databases, kept where all processes on its store see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from typing import Any, Generic, TypeVar

import orjson

__all__ = ["Kept"]

_Value = TypeVar("_Value")


class Kept(MutableMapping[str, _Value], Generic[_Value]):
    """Those shared values whose names begin with `prefix`, as JSON; `decode` makes a value of what JSON gives."""

    def __init__(self, shared: MutableMapping[str, bytes], prefix: str, decode: Callable[[Any], _Value]) -> None:
        self._shared, self._prefix, self._decode = shared, prefix, decode

    def __getitem__(self, name: str) -> _Value:
        return self._decode(orjson.loads(self._shared[self._prefix + name]))

    def __setitem__(self, name: str, value: _Value) -> None:
        self._shared[self._prefix + name] = orjson.dumps(value)

    def __delitem__(self, name: str) -> None:
        del self._shared[self._prefix + name]

    def __iter__(self) -> Iterator[str]:
        size = len(self._prefix)
        return iter([name[size:] for name in self._shared if name.startswith(self._prefix)])

    def __len__(self) -> int:
        return sum(1 for _name in self)

    def clear(self) -> None:
        """Forget all of them."""
        for name in self:
            self.pop(name, None)
