"""Models and fields that users add over the API: read from their records, part of the registry while these exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.orm.sql import SQL

if TYPE_CHECKING:
    from collections.abc import Set

    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.registry import Registry
    from fauxdoo.mockserver.orm.transaction import Transaction
    from fauxdoo.mockserver.stores.base import Cursor

__all__ = ["Custom"]

_MAGIC: dict[str, dict[str, Any]] = {
    "id": {"type": "integer", "string": "ID", "readonly": True},
    "display_name": {"type": "char", "string": "Display Name", "store": False, "readonly": True, "compute": True},
    "create_uid": {"type": "many2one", "string": "Created by", "readonly": True, "relation": "res.users"},
    "create_date": {"type": "datetime", "string": "Created on", "readonly": True},
    "write_uid": {"type": "many2one", "string": "Last Updated by", "readonly": True, "relation": "res.users"},
    "write_date": {"type": "datetime", "string": "Last Updated on", "readonly": True},
}
_FIELD_COLUMNS = (
    *("model", "name", "field_description", "ttype", "relation", "relation_field", "relation_table", "column1"),
    *("column2", "required", "readonly", "translate", "on_delete", "copied"),
)
_NEEDS_RELATION = ("many2one", "one2many", "many2many")


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
        fields = self._read_fields(cursor) if "ir_model_fields" in tables else {}
        if models == self.models and fields == self.fields:
            return
        touched = {*models, *self.models, *fields, *self.fields}
        self.models, self.fields = models, fields
        self._last_ids = {model: last for model, last in self._last_ids.items() if model in models}
        self._registry.rebuild(touched)

    def changed(self, env: Environment) -> None:
        """Take in what this transaction has changed; the next one makes sure of it."""
        env.flush()
        self.sync(env.cr, env.transaction.store.tables)
        self.stale, self.changed_in = True, env.transaction
        env.transaction.overtakes = True

    def _read_models(self, cursor: Cursor) -> dict[str, dict[str, Any]]:
        rows = cursor.execute(SQL("SELECT model, name FROM ir_model WHERE state = 'manual'"))
        return {model: _model_facts(model, label) for model, label in rows}

    def _read_fields(self, cursor: Cursor) -> dict[str, dict[str, dict[str, Any]]]:
        columns = SQL(", ").join(SQL.identifier(name) for name in _FIELD_COLUMNS)
        rows = cursor.execute(SQL("SELECT %s FROM ir_model_fields WHERE state = 'manual'", columns))
        found: dict[str, dict[str, dict[str, Any]]] = {}
        for row in rows:
            values = dict(zip(_FIELD_COLUMNS, row, strict=True))
            if values["relation"] in self._registry or values["ttype"] not in _NEEDS_RELATION:
                found.setdefault(values["model"], {})[values["name"]] = _field_facts(values)
        return found


def _model_facts(model: str, label: str) -> dict[str, Any]:
    fields = {**_MAGIC, "x_name": {"type": "char", "string": "Name", "manual": True}}
    return {"name": label, "table": model.replace(".", "_"), "order": "id", "rec_name": "x_name", "fields": fields}


def _field_facts(values: dict[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {"type": values["ttype"], "string": values["field_description"] or "", "manual": True}
    given = {"relation": "relation", "inverse": "relation_field", "table": "relation_table"}
    given |= {"column1": "column1", "column2": "column2", "ondelete": "on_delete"}
    facts |= {key: values[column] for key, column in given.items() if values[column]}
    facts |= {key: True for key in ("required", "readonly", "translate") if values[key]}
    return facts if values["copied"] in (1, None) else {**facts, "copy": False}
