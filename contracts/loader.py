"""The catalogue: models, fields and base records of one Odoo version, each file parsed when first asked for."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import orjson

from fauxdoo.contracts.xmlids import Xmlids

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["Catalogue", "capacities", "recordings", "schemas"]


def recordings() -> list[Traversable]:
    """The recorded interactions of a real Odoo 19.0, one file per area, sorted by name."""
    folder = files(__package__) / "recordings"
    return sorted((file for file in folder.iterdir() if file.name.endswith(".json")), key=lambda file: file.name)


@cache
def capacities() -> dict[str, dict[str, Any]]:
    """Capacity profiles by name, as plain data. The same object for the whole process."""
    found: dict[str, dict[str, Any]] = orjson.loads((files(__package__) / "capacity.json").read_bytes())
    return found


@cache
def schemas() -> dict[str, dict[str, Any]]:
    """JSON Schemas (2020-12) of requests, answers, errors and webhooks, by name; `urn:fauxdoo:NAME` is the `$id`.

    `methods` refers to `urn:fauxdoo:model`, which each model has of its own. The same object for the whole process.
    """
    files_ = (files(__package__) / "schemas").iterdir()
    return {file.name.removesuffix(".json"): orjson.loads(file.read_bytes()) for file in files_ if file.is_file()}


@cache
def _odoo_19() -> Catalogue:
    return Catalogue(files(__package__) / "odoo-19.0")


class Catalogue:
    """The facts of one Odoo version in a folder of JSON files; what it answers is shared, so never change it."""

    def __init__(self, root: Traversable) -> None:
        self.root = root
        self._models: dict[str, dict[str, Any]] = {}
        self._data: dict[str, list[dict[str, Any]]] = {}

    @classmethod
    def odoo_19(cls) -> Catalogue:
        """The catalogue of Odoo 19.0 community; the same object for the whole process."""
        return _odoo_19()

    @cached_property
    def index(self) -> dict[str, Any]:
        """What is known of all models without loading them.

        `models`: per model `table`, `label`, `module` (that introduces it), `abstract`, `transient`, `inherits`,
        `mixins` (abstract models it includes), first ids of its fields (`field_id`) and selections (`selection_id`).
        `references`: per target model the stored many2one fields to it as [model, field, ondelete].
        `related_stored`: [model, field, path] of every stored related field.
        `m2m`: [model, field, comodel, table, column1, column2] of every stored many2many.
        """
        found: dict[str, Any] = self._read("index.json")
        return found

    @cached_property
    def names(self) -> list[str]:
        """The names of all models, sorted."""
        return list(self.index["models"])

    @cached_property
    def modules(self) -> dict[str, dict[str, Any]]:
        """Every module known to the server, by name: state, dependencies, id."""
        found: dict[str, dict[str, Any]] = self._read("modules.json")
        return found

    @cached_property
    def data_models(self) -> list[str]:
        """The names of the models a fresh database has records of, sorted."""
        folder = self.root / "data"
        return sorted(file.name.removesuffix(".json") for file in folder.iterdir() if file.name.endswith(".json"))

    @cached_property
    def xmlids(self) -> Xmlids:
        """The external ids of the base records and of models, fields and selection values."""
        return Xmlids(self, self._read("xmlids.json"))

    def __contains__(self, name: object) -> bool:
        return name in self.index["models"]

    def model(self, name: str) -> dict[str, Any]:
        """The description of model `name`; KeyError if there is none."""
        if name not in self._models:
            if name not in self:
                raise KeyError(name)
            self._models[name] = self._read("models", f"{name}.json")
        return self._models[name]

    def data(self, name: str) -> list[dict[str, Any]]:
        """The records of model `name` in a fresh database, with `id` and often `xmlid`; [] without any."""
        if name not in self._data:
            self._data[name] = self._read("data", f"{name}.json") if name in self.data_models else []
        return self._data[name]

    def model_id(self, name: str) -> int:
        """The id of the `ir.model` record of model `name`: its place in the sorted names, from 1."""
        return self._model_ids[name]

    def model_at(self, number: int) -> str:
        """The model whose `ir.model` record has the id `number`; IndexError if there is none."""
        if number < 1:
            raise IndexError(number)
        return self.names[number - 1]

    def field_id(self, model: str, field: str) -> int:
        """The id of the `ir.model.fields` record of a field: models sorted, in each the fields sorted, from 1."""
        first: int = self.index["models"][model]["field_id"]
        return first + sorted(self.model(model)["fields"]).index(field)

    def field_at(self, number: int) -> tuple[str, str]:
        """Model and name of the field whose `ir.model.fields` record has the id `number`; IndexError if none."""
        if number < 1:
            raise IndexError(number)
        place = bisect_right(self._first_fields, number) - 1
        model = self.names[place]
        return model, sorted(self.model(model)["fields"])[number - self._first_fields[place]]

    @cached_property
    def _model_ids(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.names, 1)}

    @cached_property
    def _first_fields(self) -> list[int]:
        return [entry["field_id"] for entry in self.index["models"].values()]

    def _read(self, *path: str) -> Any:
        return orjson.loads(self.root.joinpath(*path).read_bytes())
