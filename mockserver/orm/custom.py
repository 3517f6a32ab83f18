"""Models and fields that users add over the API: read from their records, part of the registry while these exist."""

from __future__ import annotations

import datetime
import time
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.orm import api
from fauxdoo.mockserver.orm.sql import SQL
from fauxdoo.mockserver.safe_eval import execute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Set

    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.registry import Registry
    from fauxdoo.mockserver.orm.transaction import Transaction
    from fauxdoo.mockserver.stores.base import Cursor

__all__ = ["Custom", "computing"]

_MAGIC: dict[str, dict[str, Any]] = {
    "id": {"type": "integer", "string": "ID", "readonly": True},
    "display_name": {"type": "char", "string": "Display Name", "store": False, "readonly": True, "compute": True},
    "create_uid": {"type": "many2one", "string": "Created by", "readonly": True, "relation": "res.users"},
    "create_date": {"type": "datetime", "string": "Created on", "readonly": True},
    "write_uid": {"type": "many2one", "string": "Last Updated by", "readonly": True, "relation": "res.users"},
    "write_date": {"type": "datetime", "string": "Last Updated on", "readonly": True},
}
_FIELD_COLUMNS = (
    *("id", "model", "name", "field_description", "ttype", "relation", "relation_field", "relation_table", "column1"),
    *("column2", "required", "readonly", "translate", "on_delete", "copied", "related", "compute", "depends", "store"),
    *("help", "index", "size", "company_dependent", "currency_field", "tracking"),
)
_NEEDS_RELATION = ("many2one", "one2many", "many2many")
_LISTED = ("selection", "reference")
_SUMMED = ("integer", "float", "monetary")


class Custom:
    """What the tables `ir_model` and `ir_model_fields` say of state `manual`, as far as the registry has taken it in.

    A transaction that changes it syncs at once; as it may be rolled back, one that begins after its end looks
    again (`stale`).
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self.stale = True
        self.changed_in: Transaction | None = None
        """The transaction at work that has changed something."""
        self.models: dict[str, dict[str, Any]] = {}
        """Facts of each model, in the catalogue's form."""
        self.fields: dict[str, dict[str, dict[str, Any]]] = {}
        """By model, facts of each added field."""
        self._last_ids: dict[str, int] = {}

    def reserve_ids(self, env: Environment, model: str, count: int) -> range:
        """The next ids of an added model: like a new table of PostgreSQL it counts from 1 (config/custom-model)."""
        rows = env.cr.execute(SQL("SELECT COALESCE(MAX(id), 0) FROM %s", SQL.identifier(env[model]._table)))
        first = 1 + max(self._last_ids.get(model, 0), rows[0][0])
        self._last_ids[model] = first + count - 1
        return range(first, first + count)

    def sync(self, cursor: Cursor, tables: Set[str]) -> None:
        """Take in what the records say now."""
        self.stale = False
        models = self._read_models(cursor) if "ir_model" in tables else {}
        known, self.models = self.models, models
        fields = self._read_fields(cursor, tables) if "ir_model_fields" in tables else {}
        if models == known and fields == self.fields:
            return
        touched = {*models, *known, *fields, *self.fields}
        self.fields = fields
        self._last_ids = {model: last for model, last in self._last_ids.items() if model in models}
        self._registry.rebuild(touched)

    def changed(self, env: Environment) -> None:
        """Take in what this transaction has changed; the next one makes sure of it."""
        env.flush()
        self.sync(env.cr, env.transaction.store.tables)
        env.transaction.forget_tables()
        self.stale, self.changed_in = True, env.transaction
        env.transaction.overtakes = True

    def _read_models(self, cursor: Cursor) -> dict[str, dict[str, Any]]:
        rows = cursor.execute(SQL("SELECT model, name, \"order\" FROM ir_model WHERE state = 'manual'"))
        return {model: _model_facts(model, label, order or "id") for model, label, order in rows}

    def _read_fields(self, cursor: Cursor, tables: Set[str]) -> dict[str, dict[str, dict[str, Any]]]:
        columns = SQL(", ").join(SQL.identifier(name) for name in _FIELD_COLUMNS)
        rows = cursor.execute(SQL("SELECT %s FROM ir_model_fields WHERE state = 'manual'", columns))
        found: dict[str, dict[str, dict[str, Any]]] = {}
        fields = [dict(zip(_FIELD_COLUMNS, row, strict=True)) for row in rows]
        listed = [values["id"] for values in fields if values["ttype"] in _LISTED]
        pairs = self._read_pairs(cursor, listed) if listed and "ir_model_fields_selection" in tables else {}
        for values in fields:
            if self._is_whole(values, fields):
                facts = {**_field_facts(values), **self._links(values)}
                if values["ttype"] in _LISTED:
                    facts["selection"] = pairs.get(values["id"], [])
                found.setdefault(values["model"], {})[values["name"]] = facts
        return found

    def _is_whole(self, values: dict[str, Any], fields: list[dict[str, Any]]) -> bool:
        """Whether what a relation leads to is there; other fields are left out."""
        relation, back = values["relation"], values["relation_field"]
        if values["ttype"] in _NEEDS_RELATION and relation not in self._registry and relation not in self.models:
            return False
        own = self._registry.facts(relation).get("fields", {}) if values["ttype"] == "one2many" else {}
        return values["ttype"] != "one2many" or back in own or _are_there(fields, relation, back)

    def _links(self, values: dict[str, Any]) -> dict[str, Any]:
        """The table of a many2many, named as Odoo does where the record says nothing."""
        if values["ttype"] != "many2many" or values["relation_table"] or values["related"]:
            return {}
        own, other = (self._registry.table_of(values[key]) for key in ("model", "relation"))
        names = {"table": "x_{}_{}_rel".format(*sorted((own, other)))}
        columns = ("id1", "id2") if own == other else (f"{own}_id", f"{other}_id")
        return {**names, "column1": values["column1"] or columns[0], "column2": values["column2"] or columns[1]}

    @staticmethod
    def _read_pairs(cursor: Cursor, ids: list[int]) -> dict[int, list[list[str]]]:
        """By field, the values and labels of its selection."""
        asked = SQL(", ").join(SQL("%s", id) for id in ids)
        text = (
            "SELECT field_id, value, name FROM ir_model_fields_selection WHERE field_id IN (%s) ORDER BY sequence, id"
        )
        found: dict[int, list[list[str]]] = {}
        for field, value, label in cursor.execute(SQL(text, asked)):
            found.setdefault(field, []).append([value, label])
        return found


def _are_there(fields: list[dict[str, Any]], model: str, name: str) -> bool:
    return any((values["model"], values["name"]) == (model, name) for values in fields)


def _model_facts(model: str, label: str, order: str) -> dict[str, Any]:
    return {"name": label, "table": model.replace(".", "_"), "order": order, "fields": _MAGIC}


def _field_facts(values: dict[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {"type": values["ttype"], "string": values["field_description"] or "", "manual": True}
    given = {"relation": "relation", "inverse": "relation_field", "table": "relation_table", "related": "related"}
    given |= {"column1": "column1", "column2": "column2", "ondelete": "on_delete", "help": "help", "size": "size"}
    given |= {"currency_field": "currency_field", "tracking": "tracking"}
    facts |= {key: values[column] for key, column in given.items() if values[column]}
    facts |= {key: True for key in ("required", "readonly", "translate", "index", "company_dependent") if values[key]}
    if values["store"] in (0, False):
        facts |= {"store": False}
    if values["compute"]:
        paths = [path.strip() for path in (values["depends"] or "").split(",") if path.strip()]
        facts |= {"compute": True, "code": values["compute"], "depends": paths}
    if values["ttype"] in _SUMMED:
        facts["aggregator"] = "sum"
    return facts if values["copied"] in (1, None) else {**facts, "copy": False}


def computing(name: str, code: str, depends: Iterable[str]) -> Callable[[Any], None]:
    """The method that computes a field by code that a user wrote; the code knows the records as `self`."""

    def compute(self: Any) -> None:
        names = {"self": self, "datetime": datetime, "time": time}
        execute(code, names)

    compute.__name__ = f"_compute_{name}"
    return api.depends(*depends)(api.compute(name)(compute))
