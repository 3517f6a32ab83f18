"""Which stored fields are to be recomputed when a field changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.fields.base import Field
    from fauxdoo.mockserver.orm.registry import Registry

__all__ = ["Trigger", "Triggers"]

_LONGEST = 6
"""How many steps a path may have that is followed through several computed fields."""
_DEEPEST = 4
"""How many fields that are not stored a path is followed through."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """`field` of `model` follows something at the end of `path` (names of relational fields, from that model)."""

    model: str
    name: str
    path: tuple[str, ...]
    registry: Registry = field(compare=False, repr=False)
    stored: bool = True

    @property
    def field(self) -> Field:
        """The field to recompute (its model is built when this is first asked for)."""
        return self.registry[self.model]._fields[self.name]


class Triggers:
    """The triggers by (model, field), gathered once from behaviour classes and stored related fields."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._direct: dict[tuple[str, str], list[Trigger]] | None = None
        self._all: dict[tuple[str, str], list[Trigger]] = {}

    def of(self, model: str, field: str) -> list[Trigger]:
        """What follows `field` of `model`, directly or through other computed fields."""
        source = (model, field)
        if source not in self._all:
            found: dict[Trigger, None] = {}
            self._close(source, (), {source}, found)
            self._all[source] = list(found)
        return self._all[source]

    def recursive(self, model: str, field: str) -> bool:
        """Whether a field follows the same field of other records, as a complete name follows the parent's."""
        return any((trigger.model, trigger.name) == (model, field) for trigger in self._followers((model, field)))

    def forget(self) -> None:
        """Gather anew when next asked: fields were added."""
        self._direct, self._all = None, {}

    def _followers(self, source: tuple[str, str]) -> list[Trigger]:
        if self._direct is None:
            self._direct = self._gather()
        return self._direct.get(source, [])

    def _close(
        self,
        source: tuple[str, str],
        path: tuple[str, ...],
        above: set[tuple[str, str]],
        found: dict[Trigger, None],
    ) -> None:
        for follower in self._followers(source):
            key = (follower.model, follower.name)
            onward = Trigger(*key, (*follower.path, *path), self.registry, follower.stored)
            if onward not in found and len(onward.path) <= _LONGEST:
                found[onward] = None
                if key not in above:
                    self._close(key, onward.path, {*above, key}, found)

    def _gather(self) -> dict[tuple[str, str], list[Trigger]]:
        gathered: dict[tuple[str, str], dict[Trigger, None]] = defaultdict(dict)
        for model, name, stored, paths in self._dependencies():
            for path in paths:
                for source, prefix in self._walk(model, (), path):
                    gathered[source][Trigger(model, name, prefix, self.registry, stored)] = None
        return {source: list(triggers) for source, triggers in gathered.items()}

    def _dependencies(self) -> Iterable[tuple[str, str, bool, Iterable[str]]]:
        """(model, computed field, whether it is stored, paths it follows)."""
        for model in self.registry.behaving():
            facts = self.registry.facts(model).get("fields", {})
            for cls in self.registry.behaviours(model):
                yield from self._of_class(model, cls, facts)
        for model, name, path in self.registry.catalogue.index["related_stored"]:
            yield model, name, True, (path,)
        for model, fields in self.registry.custom.fields.items():
            for name, facts in fields.items():
                paths = facts.get("depends") or ([facts["related"]] if facts.get("related") else ())
                yield model, name, facts.get("store", True), paths

    def _of_class(
        self, model: str, cls: type, facts: Mapping[str, Mapping[str, Any]]
    ) -> Iterable[tuple[str, str, bool, Iterable[str]]]:
        for method in vars(cls).values():
            for name in getattr(method, "_computes", ()):
                if name in facts:
                    paths = getattr(method, "_depends", None) or facts[name].get("depends", ())
                    yield model, name, facts[name].get("store", True), paths
        if "_compute_display_name" in vars(cls) and "display_name" in facts:
            paths = getattr(vars(cls)["_compute_display_name"], "_depends", None)
            yield model, "display_name", False, paths or facts["display_name"].get("depends", ())
        for name, declared in getattr(cls, "_declared", {}).items():
            if declared.compute:
                method = getattr(cls, declared.compute, None) if isinstance(declared.compute, str) else None
                yield (
                    model,
                    name,
                    declared.store,
                    getattr(method, "_depends", ()) or facts.get(name, {}).get("depends", ()),
                )
            elif declared.related and declared.store:
                yield model, name, True, (declared.related,)

    def _walk(
        self, current: str, prefix: tuple[str, ...], path: str, depth: int = 0
    ) -> Iterable[tuple[tuple[str, str], tuple[str, ...]]]:
        """((model, field), path to it) for each step; through fields that are not stored to what these follow."""
        for step in path.split("."):
            entry = self._entry(current, step)
            if entry is None:
                return
            yield (current, step), prefix
            if not entry.get("store", True) and depth < _DEEPEST:
                for onward in [entry["related"]] if entry.get("related") else entry.get("depends") or ():
                    yield from self._walk(current, prefix, onward, depth + 1)
            comodel = entry.get("relation")
            if not comodel:
                return
            prefix = (*prefix, step)
            if entry["type"] == "one2many" and entry.get("inverse"):
                yield (comodel, entry["inverse"]), prefix
            current = comodel

    def _entry(self, model: str, name: str) -> Mapping[str, Any] | None:
        """The facts of a field, without building its model where the catalogue suffices."""
        if model not in self.registry:
            return None
        facts: Mapping[str, Any] | None = self.registry.facts(model).get("fields", {}).get(name)
        facts = facts or self.registry.custom.fields.get(model, {}).get(name)
        if facts is not None:
            return facts
        for cls in self.registry.behaviours(model):
            declared = getattr(cls, "_declared", {}).get(name)
            if declared is not None:
                return {
                    "type": declared.type,
                    "relation": getattr(declared, "comodel_name", None),
                    "inverse": getattr(declared, "inverse_name", None),
                    "related": declared.related,
                    "store": declared.store,
                    "depends": declared.depends,
                }
        return None
