"""External ids: those of the base records, and those Odoo derives from model, field and selection names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from fauxdoo.contracts.loader import Catalogue

__all__ = ["LISTED_SELECTION", "MAGIC", "Xmlid", "Xmlids", "selection_values"]

MAGIC = {"id", "display_name", "create_uid", "create_date", "write_uid", "write_date"}
"""The fields every model has."""
LISTED_SELECTION = 100
"""Longer selections (time zones, chart templates) come from code, and Odoo keeps no records of their values."""


class Xmlid(NamedTuple):
    """A row of `ir.model.data`."""

    id: int
    module: str
    name: str
    model: str
    res_id: int


def selection_values(fact: dict[str, Any]) -> list[list[str]]:
    """The [value, label] pairs of a field that have a record in `ir.model.fields.selection`."""
    pairs: list[list[str]] = fact.get("selection") or []
    return pairs if len(pairs) <= LISTED_SELECTION else []


class Xmlids:
    """All xmlids of a fresh database; `ir.model.data` numbers base records first, then models, fields, selections."""

    def __init__(self, catalogue: Catalogue, base: dict[str, list[Any]]) -> None:
        self._catalogue = catalogue
        self.records = base
        """Model and id of every base record, by xmlid."""

    def resolve(self, xmlid: str) -> tuple[str, int] | None:
        """Model and id that `module.name` stands for, None if nothing."""
        if found := self.records.get(xmlid):
            return found[0], found[1]
        module, _, name = xmlid.partition(".")
        kind, _, rest = name.partition("_")
        if kind == "model":
            return self._model(module, rest)
        if kind == "field":
            return self._field(module, rest)
        return self._selection(module, rest.removeprefix("_")) if kind == "selection" else None

    def of(self, model: str, res_id: int) -> str | None:
        """The xmlid of a base record, None without one."""
        return self._of.get((model, res_id))

    def of_model(self, model: str) -> str:
        """The xmlid of the `ir.model` record of `model`."""
        return f"{self._catalogue.index['models'][model]['module']}.model_{_underscored(model)}"

    def of_field(self, model: str, field: str) -> str:
        """The xmlid of the `ir.model.fields` record of a field."""
        return f"{self._module_of(model, field)}.field_{_underscored(model)}__{field}"

    def of_selection(self, model: str, field: str, value: str) -> str:
        """The xmlid of the `ir.model.fields.selection` record of a value."""
        key = value.replace(".", "_").replace(" ", "_").lower()
        return f"{self._module_of(model, field)}.selection__{_underscored(model)}__{field}__{key}"

    def base(self) -> Iterator[Xmlid]:
        """The rows of the base records."""
        for number, (xmlid, (model, res_id)) in enumerate(self.records.items(), 1):
            module, _, name = xmlid.partition(".")
            yield Xmlid(number, module, name, model, res_id)

    def derived(self, model: str) -> Iterator[Xmlid]:
        """The rows of a model, its fields and their selection values."""
        yield self._row(len(self.records), self.of_model(model), "ir.model", self._catalogue.model_id(model))
        entry, fields = self._catalogue.index["models"][model], self._catalogue.model(model)["fields"]
        after = len(self.records) + len(self._catalogue.names)
        for place, name in enumerate(sorted(fields)):
            yield self._row(after, self.of_field(model, name), "ir.model.fields", entry["field_id"] + place)
        after += self._catalogue.index["fields"]
        for number, name, value, _label in self.selections(model):
            yield self._row(after, self.of_selection(model, name, value), "ir.model.fields.selection", number)

    def shared(self) -> Iterator[Xmlid]:
        """Further rows, numbered after all others: of fields whose module the catalogue does not name.

        It is then the first of the model's modules or the one that introduces the model; Odoo has an xmlid for each
        module that adds to a field, so both are given.
        """
        last = self._catalogue.names[-1]
        selections = self._catalogue.index["models"][last]["selection_id"] - 1 + len(list(self.selections(last)))
        number = len(self.records) + len(self._catalogue.names) + self._catalogue.index["fields"] + selections + 1
        for model in self._catalogue.names:
            entry, facts = self._catalogue.index["models"][model], self._catalogue.model(model)
            if facts["modules"][0] == entry["module"]:
                continue
            for place, name in enumerate(sorted(facts["fields"])):
                if "module" not in facts["fields"][name] and name not in MAGIC:
                    xmlid = f"field_{_underscored(model)}__{name}"
                    yield Xmlid(number, entry["module"], xmlid, "ir.model.fields", entry["field_id"] + place)
                    number += 1

    def selections(self, model: str) -> Iterator[tuple[int, str, str, str]]:
        """Id, field, value and label of the `ir.model.fields.selection` records of a model."""
        number: int = self._catalogue.index["models"][model]["selection_id"]
        fields = self._catalogue.model(model)["fields"]
        for name in sorted(fields):
            for value, label in selection_values(fields[name]):
                yield number, name, value, label
                number += 1

    @staticmethod
    def _row(after: int, xmlid: str, model: str, res_id: int) -> Xmlid:
        module, _, name = xmlid.partition(".")
        return Xmlid(after + res_id, module, name, model, res_id)

    def _module_of(self, model: str, field: str) -> str:
        if field in MAGIC:
            return str(self._catalogue.index["models"][model]["module"])
        facts = self._catalogue.model(model)
        return str(facts["fields"][field].get("module") or facts["modules"][0])

    def _defines(self, module: str, model: str, field: str) -> bool:
        """Whether `module` may define the field: Odoo has an xmlid for each that does, the catalogue names only one."""
        return module in self._catalogue.model(model)["modules"] or module == self._module_of(model, field)

    def _model(self, module: str, name: str) -> tuple[str, int] | None:
        model = self._by_underscores.get(name)
        if model is None or self.of_model(model) != f"{module}.model_{name}":
            return None
        return "ir.model", self._catalogue.model_id(model)

    def _field(self, module: str, rest: str) -> tuple[str, int] | None:
        name, _, field = rest.partition("__")
        model = self._by_underscores.get(name)
        if model is None or field not in self._catalogue.model(model)["fields"]:
            return None
        return (
            ("ir.model.fields", self._catalogue.field_id(model, field)) if self._defines(module, model, field) else None
        )

    def _selection(self, module: str, rest: str) -> tuple[str, int] | None:
        model = self._by_underscores.get(rest.partition("__")[0])
        if model is None:
            return None
        for number, field, value, _label in self.selections(model):
            named = self.of_selection(model, field, value).partition(".selection__")[2] == rest
            if named and self._defines(module, model, field):
                return "ir.model.fields.selection", number
        return None

    @cached_property
    def _of(self) -> dict[tuple[str, int], str]:
        return {(model, res_id): xmlid for xmlid, (model, res_id) in self.records.items()}

    @cached_property
    def _by_underscores(self) -> dict[str, str]:
        return {_underscored(name): name for name in self._catalogue.names}


def _underscored(model: str) -> str:
    return model.replace(".", "_")
