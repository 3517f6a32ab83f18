"""What `Catalogue.index` answers, drawn from the descriptions of models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fauxdoo.contracts.xmlids import MAGIC, selection_values

__all__ = ["index_of", "needed"]

Facts = dict[str, Any]


def index_of(models: Mapping[str, Facts], modules: Mapping[str, Facts]) -> Facts:
    """The index of some models (sorted by name), whose modules and what these depend on are given."""
    return {
        "fields": sum(len(facts["fields"]) for facts in models.values()),
        "models": _entries(models, modules),
        "references": _references(models),
        "related_stored": [[m, f, fact["related"]] for m, f, fact in _stored(models) if "related" in fact],
        "m2m": [
            [m, f, fact["relation"], fact["table"], fact["column1"], fact["column2"]]
            for m, f, fact in _stored(models)
            if fact["type"] == "many2many"
        ],
    }


def needed(names: Iterable[str], modules: Mapping[str, Facts]) -> set[str]:
    """Everything that modules depend on, directly or not."""
    found: set[str] = set()
    waiting = [each for name in names for each in modules[name]["depends"]]
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += modules[module]["depends"]
    return found


def _entries(models: Mapping[str, Facts], modules: Mapping[str, Facts]) -> dict[str, Facts]:
    entries, field_id, selection_id = {}, 1, 1
    mixins = [name for name, facts in models.items() if facts.get("abstract") and name != "base" and _owns(facts)]
    for name, facts in models.items():
        entries[name] = {
            "table": facts["table"],
            "label": facts["name"],
            "module": _introducer(facts["modules"], modules),
            "abstract": facts.get("abstract", False),
            "transient": facts.get("transient", False),
            "inherits": facts.get("inherits", {}),
            "mixins": [mixin for mixin in mixins if mixin != name and _includes(facts, models[mixin])],
            "field_id": field_id,
            "selection_id": selection_id,
        }
        field_id += len(facts["fields"])
        selection_id += sum(len(selection_values(fact)) for fact in facts["fields"].values())
    return entries


def _introducer(names: list[str], modules: Mapping[str, Facts]) -> str:
    """The one of a model's modules (listed by name) that the others depend on."""
    return next(name for name in names if not needed([name], modules) & set(names))


def _owns(facts: Facts) -> bool:
    return bool(facts["methods"]) or not facts["fields"].keys() <= MAGIC


def _includes(facts: Facts, mixin: Facts) -> bool:
    return bool(mixin["methods"].keys() <= facts["methods"].keys() and mixin["fields"].keys() <= facts["fields"].keys())


def _stored(models: Mapping[str, Facts]) -> Iterator[tuple[str, str, Facts]]:
    for name, facts in models.items():
        for field, fact in facts["fields"].items():
            if fact.get("store", True) and not facts.get("abstract"):
                yield name, field, fact


def _references(models: Mapping[str, Facts]) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for name, field, fact in _stored(models):
        if fact["type"] == "many2one":
            found.setdefault(fact["relation"], []).append([name, field, fact["ondelete"]])
    return found
