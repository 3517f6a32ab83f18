"""The arguments of a call by the names of the method's parameters, whatever protocol it came over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fauxdoo.mockserver.databases import Database
    from fauxdoo.mockserver.journal import Entry
    from fauxdoo.mockserver.signatures import Signature

__all__ = ["Arguments"]


class Arguments:
    """Names arguments by the signatures that the databases' registries know."""

    def __init__(self, databases: Mapping[str, Database], default: str) -> None:
        self._databases, self._default = databases, default

    def of(self, entry: Entry) -> dict[str, Any]:
        """Of a call: `ids` for a method of records, then the method's own, `context`; `#0` for one without a name."""
        call, signature = entry.call, self._signature(entry.database, entry.model, entry.method)
        if call.ids is None:
            return _named(signature, entry.args, call.kwargs)
        on_model = signature is not None and signature.on_model
        ids = {} if on_model and not call.ids else {"ids": call.ids}
        return ids | _bound(signature, call.args, call.kwargs)

    def wanted(self, model: str, method: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
        """The same for what a test writes: as `execute_kw` takes them, or by name."""
        return _named(self._signature(self._default, model, method), args, kwargs)

    def _signature(self, database: str, model: str, method: str) -> Signature | None:
        """That of a method that was called, None for one that does not exist."""
        found = self._databases.get(database)
        return None if found is None else found.registry.signatures.get((model, method))


def _named(signature: Signature | None, args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
    if signature is None or signature.on_model or not args:
        return _bound(signature, args, kwargs)
    return {"ids": args[0], **_bound(signature, args[1:], kwargs)}


def _bound(signature: Signature | None, args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
    kwargs = kwargs if isinstance(kwargs, Mapping) else {"**": kwargs}  # refused, but noted
    names = [] if signature is None else [p.name for p in signature.python.parameters.values() if p.kind in (0, 1)]
    names += [f"#{number}" for number in range(len(names), len(args))]
    return {**dict(zip(names, args, strict=False)), **kwargs}
