"""The records of a fresh database as rows of tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Set
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.orm.fields.base import Field

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.registry import Registry

__all__ = ["link_rows", "model_rows"]

_MOMENT = "2025-09-15 08:00:00"
"""When the records of a fresh database were made."""


def model_rows(registry: Registry, name: str, columns: Iterable[str]) -> list[list[Any]]:
    """The base records of a model, values in the order of its table's columns."""
    cls, columns = registry[name], list(columns)
    records = registry.base_records(name)
    paths = _paths(records, cls._parent_name) if "parent_path" in cls._fields else {}
    log = {"create_uid": 1, "write_uid": 1, "create_date": _MOMENT, "write_date": _MOMENT}
    fallbacks = _fallbacks(registry, name) if any(f.company_dependent for f in cls._fields.values()) else {}
    told = {key for record in records for key in record}
    usual = {name: value for name in columns if (value := _usual(cls._fields.get(name), told)) is not None}
    rows = []
    for record in records:
        values = {**usual, **(log if cls._log_access else {}), **record}
        if paths:
            values["parent_path"] = paths[record["id"]]
        fields = cls._fields
        values = {name: _numbered(registry, fields.get(name), value) for name, value in values.items()}
        rows.append([_column(fields.get(c), values.get(c), fallbacks) if c in values else None for c in columns])
    return rows


def _usual(field: Field | None, told: Set[str]) -> Any:
    """The default of a required column, for records that leave it out, and of a boolean that none of them tells."""
    if field is None or not (field.required or (field.type == "boolean" and field.name not in told)):
        return None
    value = field.facts.get("default")
    if not isinstance(value, Mapping):
        return value
    return {"date": _MOMENT[:10], "datetime": _MOMENT}.get(value.get("$now", ""))


def _numbered(registry: Registry, field: Field | None, value: Any) -> Any:
    """The id of a model or field where the catalogue's records give its name."""
    if isinstance(value, str) and field is not None and field.type == "many2one":
        model, _, name = value.rpartition(".")
        if field.comodel_name == "ir.model.fields":
            return registry.catalogue.field_id(model, name)
        return registry.catalogue.model_id(value) if value in registry.catalogue else None
    return value


def _column(field: Field | None, value: Any, fallbacks: Mapping[str, Any]) -> Any:
    if field is None or value is None:
        return value
    if field.company_dependent:
        return None if value == fallbacks.get(field.name) else json.dumps({"1": value})
    if field.type == "binary" and isinstance(value, str):
        return value.encode()
    return field.to_column(value)


def _fallbacks(registry: Registry, name: str) -> dict[str, Any]:
    return {
        row["field_id"].rpartition(".")[2]: json.loads(row["json_value"])
        for row in registry.catalogue.data("ir.default")
        if row["field_id"].rpartition(".")[0] == name
    }


def _paths(records: Iterable[Mapping[str, Any]], parent_name: str) -> dict[int, str]:
    parents = {record["id"]: record.get(parent_name) for record in records}

    def path(id: int) -> str:
        parent = parents.get(id)
        return f"{path(parent) if parent else ''}{id}/"

    return {id: path(id) for id in parents}


def link_rows(registry: Registry, table: str, first: str) -> list[tuple[int, int]]:
    """The links of a many2many table between base records, from whichever side states them; column `first` first."""
    found: dict[tuple[int, int], None] = {}
    for model, name, _comodel, relation, column1, _column2 in registry.catalogue.index["m2m"]:
        if relation != table:
            continue
        for record in registry.base_records(model):
            for id in record.get(name) or ():
                found[(record["id"], id) if column1 == first else (id, record["id"])] = None
    return list(found)
