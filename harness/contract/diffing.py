"""What changed between two catalogues: what is gone, renamed, of another type, or required now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fauxdoo.contracts import Catalogue, read_overlay
from fauxdoo.harness.contract.usage import Usage

__all__ = ["BUILT_IN", "Change", "catalogue_of", "changes"]

BUILT_IN = "odoo-19.0"
"""The name of the catalogue that comes along."""

_RELATIONAL = {"many2one", "one2many", "many2many"}
_LISTED = 100
"""Longer selections (time zones, names of models) are not a choice somebody made."""

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `kind` is removed, renamed, added, retyped, required or changed; only `added` breaks nothing."""

    kind: str
    what: str
    detail: str = ""

    @property
    def breaks(self) -> bool:
        """Whether it can break what was written for the first catalogue."""
        return self.kind != "added"

    def __str__(self) -> str:
        return f"{self.kind:9s} {self.what}" + (f"  {self.detail}" if self.detail else "")


def catalogue_of(name: str) -> Catalogue:
    """A catalogue by its folder, or the one that comes along. Raises UnreadableCatalogue."""
    return Catalogue.odoo_19() if name == BUILT_IN else read_overlay(Path(name))


def changes(old: Catalogue, new: Catalogue, usage: Usage | None = None) -> Iterator[Change]:
    """What differs from `old` to `new`, model by model; with a usage contract only what it uses."""
    for model in old.names if usage is None else sorted(usage.models):
        if model not in old:
            continue
        if model not in new:
            yield Change("removed", model)
            continue
        before, after = old.model(model), new.model(model)
        yield from _fields(model, before["fields"], after["fields"], usage)
        yield from _methods(model, before.get("methods", {}), after.get("methods", {}), usage)
    if usage is None:
        yield from (Change("added", model) for model in new.names if model not in old)


def _fields(model: str, old: Mapping[str, Facts], new: Mapping[str, Facts], usage: Usage | None) -> Iterator[Change]:
    used = None if usage is None else usage.models[model].fields.keys()
    added = [name for name in new if name not in old]
    for name, fact in old.items():
        what = f"{model}.{name}"
        if used is not None and name not in used:
            continue
        if name in new:
            yield from _field(what, fact, new[name])
        elif heir := next((each for each in added if _same(fact, new[each])), None):
            yield Change("renamed", what, f"to {heir}")
            added.remove(heir)
        else:
            yield Change("removed", what)
    for name in added:
        required = bool(new[name].get("required")) and "default" not in new[name]
        if required:
            yield Change("required", f"{model}.{name}", "a new field that every record must have")
        elif usage is None:
            yield Change("added", f"{model}.{name}")


def _field(what: str, old: Facts, new: Facts) -> Iterator[Change]:
    if old["type"] != new["type"]:
        yield Change("retyped", what, f"from {old['type']} to {new['type']}")
    elif old["type"] in _RELATIONAL and old.get("relation") != new.get("relation"):
        yield Change("retyped", what, f"from {old.get('relation')} to {new.get('relation')}")
    if new.get("required") and not old.get("required"):
        yield Change("required", what)
    gone = _values(old) - _values(new) if len(_values(old)) <= _LISTED else set()
    if gone and new["type"] == "selection":
        yield Change("changed", what, f"without the value {', '.join(sorted(gone))}")
    if old.get("store", True) and not new.get("store", True):
        yield Change("changed", what, "is no longer stored")


def _same(old: Facts, new: Facts) -> bool:
    """Whether a new field is an old one under another name: the same kind of thing with the same label."""
    return all(old.get(key) == new.get(key) for key in ("type", "relation", "string"))


def _values(fact: Facts) -> set[str]:
    return {str(value) for value, _label in fact.get("selection") or ()}


def _methods(model: str, old: Facts, new: Facts, usage: Usage | None) -> Iterator[Change]:
    for name, fact in old.items():
        if usage is not None and name not in usage.models[model].methods:
            continue
        what, now = f"{model}.{name}()", new.get(name)
        if not isinstance(fact, Mapping):
            continue
        if not isinstance(now, Mapping):
            yield Change("removed", what, "" if now is None else "is private now")
        elif _names(fact) != _names(now):
            yield Change("changed", what, f"takes ({', '.join(now['params'])}), took ({', '.join(fact['params'])})")


def _names(method: Facts) -> list[str]:
    return [parameter.partition("=")[0] for parameter in method["params"]]
