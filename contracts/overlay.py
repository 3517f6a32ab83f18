"""A catalogue as a live server described it, over what is known of Odoo 19.0: own models and fields come and go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import orjson

from fauxdoo.contracts.indexing import index_of
from fauxdoo.contracts.loader import Catalogue
from fauxdoo.contracts.selection import selected

__all__ = ["Overlay", "UnreadableCatalogue", "catalogue_for", "read_overlay"]

CUSTOM = "studio_customization"
"""The module that what no known module brings is said to come from."""

_OF_MODELS = ("ir.model.access", "ir.rule")
"""Base records that say in `model_id` which model they are about."""
_EVERY_USER = 1
"""Id of the group of internal users."""

Facts = dict[str, Any]


class UnreadableCatalogue(ValueError):
    """A folder holds no catalogue that `fauxdoo contract pull` wrote."""


def catalogue_for(modules: Iterable[str] = (), folder: str | Path = "") -> Catalogue:
    """The catalogue in a folder, without one that of Odoo 19.0 with these modules.

    Raises UnknownModule and UnreadableCatalogue; also for both at once, as a folder says itself what is installed.
    """
    if not folder:
        return selected(modules)
    if tuple(modules):
        raise UnreadableCatalogue("a pulled catalogue says itself which modules are installed: give no modules")
    return read_overlay(folder)


def read_overlay(folder: str | Path) -> Overlay:
    """The catalogue in a folder that `fauxdoo contract pull` wrote, over that of Odoo 19.0.

    Raises UnreadableCatalogue. The same folder gives the same object until it is pulled anew.
    """
    root = Path(folder).resolve()
    try:
        return _read(root, (root / "catalogue.json").stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableCatalogue(f"no catalogue in {root}: {type(error).__name__}: {error}") from error


@lru_cache(maxsize=8)
def _read(root: Path, _version: int) -> Overlay:
    origin = orjson.loads((root / "catalogue.json").read_bytes())
    files = sorted((root / "models").glob("*.json"))
    pulled = {file.name.removesuffix(".json"): orjson.loads(file.read_bytes()) for file in files}
    return Overlay(Catalogue.odoo_19(), origin, pulled)


class Overlay(Catalogue):
    """The models that were pulled as the server says they are, all others as `base` has them.

    `origin["complete"]` says that the server has no other models. Base records are those of `base`, of fields that are
    still there.
    """

    def __init__(self, base: Catalogue, origin: Mapping[str, Any], pulled: Mapping[str, Facts]) -> None:
        super().__init__(base.root)
        self.base, self.origin = base, origin
        known = pulled.keys() | ({"base"} if origin["complete"] else set(base.names))
        self._merged = {
            name: _merged(_known(base, name), pulled[name]) if name in pulled else base.model(name)
            for name in sorted(known)
        }

    @cached_property
    def index(self) -> dict[str, Any]:
        """The index of the merged models."""
        return index_of(self._merged, self.modules)

    @cached_property
    def modules(self) -> dict[str, dict[str, Any]]:
        """Every module known to the server; what the pull knows of their states counts."""
        states: Mapping[str, str] = self.origin.get("modules") or {}
        base = self.base.modules.items()
        known = {name: {**facts, "state": states.get(name, facts["state"])} for name, facts in base}
        first = 1 + max(facts["id"] for facts in known.values())
        new = [name for name in [CUSTOM, *states] if name not in known]
        return {**known, **{name: _module(name, states, first + place) for place, name in enumerate(new)}}

    @cached_property
    def data_models(self) -> list[str]:
        """The names of the models a fresh database has records of, sorted."""
        return [name for name in self.base.data_models if name in self]

    def model(self, name: str) -> dict[str, Any]:
        """The description of model `name`; KeyError if there is none."""
        return self._merged[name]

    def data(self, name: str) -> list[dict[str, Any]]:
        """The base records of model `name`, without the fields that the server does not have."""
        if name not in self._data:
            fields = self._merged[name]["fields"].keys() | {"xmlid"}
            records = [{key: value for key, value in each.items() if key in fields} for each in self.base.data(name)]
            if name in _OF_MODELS:
                records = [record for record in records if record["model_id"] in self]
            self._data[name] = records + (self._custom_rights(records) if name == "ir.model.access" else [])
        return self._data[name]

    def _custom_rights(self, records: list[Facts]) -> list[Facts]:
        """What the user who pulled may do with models that `base` does not know, for every internal user."""
        first = 1 + max(record["id"] for record in records)
        new = [name for name in self.names if name not in self.base and not self._merged[name].get("abstract")]
        return [_right(first + place, name, self._merged[name].get("rights", "rwcu")) for place, name in enumerate(new)]


def _known(base: Catalogue, name: str) -> Facts:
    return base.model(name) if name in base else {}


def _module(name: str, states: Mapping[str, str], number: int) -> Facts:
    facts = {"name": name, "depends": ["base"], "auto_install": False, "application": False, "category_id": False}
    return {**facts, "state": states.get(name, "installed"), "id": number}


def _right(number: int, model: str, letters: str) -> Facts:
    names = {"perm_read": "r", "perm_write": "w", "perm_create": "c", "perm_unlink": "u"}
    about = {"id": number, "name": model, "model_id": model, "group_id": _EVERY_USER, "active": True}
    return {**about, **{name: letter in letters for name, letter in names.items()}}


def _merged(known: Facts, pulled: Facts) -> Facts:
    """What the server says, with what only the catalogue knows where both mean the same thing."""
    before = known.get("fields", {})
    name = pulled["model"]
    fields = {each: _field(name, each, before.get(each, {}), fact) for each, fact in pulled["fields"].items()}
    made_up = {"table": name.replace(".", "_"), "modules": [CUSTOM], "constraints": [], "methods": {}, "order": "id"}
    methods = {**known.get("methods", {}), **pulled.get("methods", {})}
    return {**made_up, **known, **pulled, "fields": dict(sorted(fields.items())), "methods": methods}


def _field(model: str, name: str, known: Facts, fact: Facts) -> Facts:
    if known.get("type") == fact["type"] and known.get("relation") == fact.get("relation"):
        dropped = {"required", "readonly", "selection"}  # the server's word, also where it says nothing
        return {**{key: value for key, value in known.items() if key not in dropped}, **fact}
    made_up: Facts = {"module": CUSTOM}
    if fact["type"] == "many2one":
        made_up["ondelete"] = "set null"
    if fact["type"] == "many2many":
        made_up |= _links(model, name, fact["relation"])
    return {**made_up, **fact}


def _links(model: str, name: str, comodel: str) -> Facts:
    """The table of a many2many whose real one is not known."""
    table = model.replace(".", "_")
    return {"table": f"{table}_{name}_rel", "column1": f"{table}_id", "column2": f"{comodel.replace('.', '_')}_ref"}
