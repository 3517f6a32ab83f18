"""Collecting a usage contract from the calls of a run: which argument names which fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from fauxdoo.harness.contract.usage import Describe, MadeCall, Usage

__all__ = ["Collector"]

Params = Callable[[str, str], Sequence[str] | None]
"""The names of a method's parameters in order (the ids of a record method not among them), None for an unknown one."""


class Collector:
    """Reads calls and notes what they used. `describe` and `params` tell what the server they were made to has."""

    def __init__(self, describe: Describe, params: Params) -> None:
        self._describe, self._params = describe, params
        self.usage = Usage()

    def add(self, calls: Iterable[MadeCall]) -> None:
        """Note calls; those from Python are a test's own, those of unknown models found nothing."""
        for call in calls:
            if call.protocol != "python" and self._fields(call.model):
                self._add(call)

    def _add(self, call: Any) -> None:
        self.usage.note(call, self._describe)
        for name, value in self._arguments(call):
            reader = _READERS.get(name)
            if reader is not None and value:
                reader(self, call.model, value)
        if call.method in ("read", "search_read") and not dict(self._arguments(call)).get("fields"):
            self._read(call.model, self._fields(call.model))

    def _arguments(self, call: Any) -> Iterator[tuple[str, Any]]:
        names = self._params(call.model, call.method)
        if names is None:
            return
        yield from zip(names, call.args or (), strict=False)
        yield from call.kwargs.items()

    def _fields(self, model: str) -> Mapping[str, Mapping[str, Any]]:
        try:
            return self._describe(model)
        except KeyError:
            return {}

    # ---------------------------------------------------------------- what arguments hold

    def _path(self, model: str, path: Any, kind: str) -> Any:
        """Note the fields along a dotted path; answers the use of the last one, None where it leads nowhere."""
        use = None
        for name in path.split(":")[0].split(".") if isinstance(path, str) else ():
            facts = self._fields(model).get(name)
            if facts is None:
                return use
            use = self.usage.note_field(model, name, kind, facts)
            model = facts.get("relation") or ""
        return use

    def _read(self, model: str, names: Any) -> None:
        for name in [names] if isinstance(names, str) else names:
            self._path(model, name.replace("/", ".") if isinstance(name, str) else name, "read")

    def _write(self, model: str, values: Any) -> None:
        for each in values if isinstance(values, list) else [values]:
            for name, value in each.items() if isinstance(each, Mapping) else ():
                self._write_one(model, name, value)

    def _write_one(self, model: str, name: str, value: Any) -> None:
        facts = self._fields(model).get(name)
        if facts is None:
            return
        use = self.usage.note_field(model, name, "write", facts)
        if facts["type"] == "selection" and isinstance(value, str) and value:
            use.values.add(value)
        if facts["type"] in ("one2many", "many2many") and isinstance(value, (list, tuple)):
            for command in value:
                if isinstance(command, (list, tuple)) and len(command) == 3 and isinstance(command[2], Mapping):
                    self._write(facts["relation"], command[2])

    def _filter(self, model: str, domain: Any) -> None:
        for leaf in domain if isinstance(domain, (list, tuple)) else ():
            if isinstance(leaf, (list, tuple)) and len(leaf) == 3 and isinstance(leaf[1], str):
                self._leaf(model, *leaf)

    def _leaf(self, model: str, path: Any, operator: str, value: Any) -> None:
        use = self._path(model, path, "filter")
        if use is None:
            return
        use.operators.add(operator)
        if "any" in operator and use.relation:
            self._filter(use.relation, value)
        if use.type == "selection":
            use.values.update(each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str))

    def _sort(self, model: str, order: Any) -> None:
        for term in order.split(",") if isinstance(order, str) else ():
            self._path(model, (term.split() or [""])[0], "sort")

    def _group(self, model: str, groups: Any) -> None:
        for group in [groups] if isinstance(groups, str) else groups:
            self._path(model, group, "group")

    def _specify(self, model: str, wanted: Any) -> None:
        """What `web_read` and its kind are to show: fields within fields."""
        for name, inner in wanted.items() if isinstance(wanted, Mapping) else ():
            use = self._path(model, name, "read")
            if use is not None and use.relation and isinstance(inner, Mapping):
                self._specify(use.relation, inner.get("fields"))


_READERS: Mapping[str, Callable[[Collector, str, Any], None]] = {
    "aggregates": Collector._read,
    "domain": Collector._filter,
    "fields": Collector._read,
    "fields_to_export": Collector._read,
    "groupby": Collector._group,
    "order": Collector._sort,
    "orderby": Collector._sort,
    "specification": Collector._specify,
    "vals": Collector._write,
    "vals_list": Collector._write,
    "values": Collector._write,
}
"""By the name that Odoo gives a parameter."""
