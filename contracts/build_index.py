"""Write `index.json` and `xmlids.json` of a catalogue: `python -m fauxdoo.contracts.build_index [FOLDER]`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from fauxdoo.contracts.xmlids import MAGIC, selection_values

__all__ = ["build_index", "build_xmlids", "main"]

Facts = dict[str, Any]


def build_index(root: Path) -> Facts:
    """What `Catalogue.index` answers, from the files in `root/models`."""
    models = _load(root / "models")
    return {
        "fields": sum(len(facts["fields"]) for facts in models.values()),
        "models": _entries(models, orjson.loads((root / "modules.json").read_bytes())),
        "references": _references(models),
        "related_stored": [[m, f, fact["related"]] for m, f, fact in _stored(models) if "related" in fact],
        "m2m": [
            [m, f, fact["relation"], fact["table"], fact["column1"], fact["column2"]]
            for m, f, fact in _stored(models)
            if fact["type"] == "many2many"
        ],
    }


def build_xmlids(root: Path) -> dict[str, tuple[str, int]]:
    """Model and id of every base record with an xmlid, from the files in `root/data`."""
    data = _load(root / "data")
    return {
        record["xmlid"]: (model, record["id"])
        for model, records in data.items()
        for record in records
        if "xmlid" in record
    }


def _load(folder: Path) -> dict[str, Any]:
    names = sorted(file.name.removesuffix(".json") for file in folder.glob("*.json"))
    return {name: orjson.loads((folder / f"{name}.json").read_bytes()) for name in names}


def _entries(models: dict[str, Facts], modules: dict[str, Facts]) -> dict[str, Facts]:
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


def _introducer(names: list[str], modules: dict[str, Facts]) -> str:
    """The one of a model's modules (listed by name) that the others depend on."""
    return next(name for name in names if not _dependencies(name, modules) & set(names))


def _dependencies(name: str, modules: dict[str, Facts]) -> set[str]:
    found: set[str] = set()
    waiting = list(modules[name]["depends"])
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += modules[module]["depends"]
    return found


def _owns(facts: Facts) -> bool:
    return bool(facts["methods"]) or not facts["fields"].keys() <= MAGIC


def _includes(facts: Facts, mixin: Facts) -> bool:
    return bool(mixin["methods"].keys() <= facts["methods"].keys() and mixin["fields"].keys() <= facts["fields"].keys())


def _stored(models: dict[str, Facts]) -> Iterator[tuple[str, str, Facts]]:
    for name, facts in models.items():
        for field, fact in facts["fields"].items():
            if fact.get("store", True) and not facts.get("abstract"):
                yield name, field, fact


def _references(models: dict[str, Facts]) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for name, field, fact in _stored(models):
        if fact["type"] == "many2one":
            found.setdefault(fact["relation"], []).append([name, field, fact["ondelete"]])
    return found


def main() -> None:
    """Write both files into the folder given, by default that of Odoo 19.0."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "odoo-19.0"
    (root / "index.json").write_bytes(orjson.dumps(build_index(root)) + b"\n")
    (root / "xmlids.json").write_bytes(orjson.dumps(build_xmlids(root)) + b"\n")


if __name__ == "__main__":
    main()
