"""What differs from the fresh database, as JSON."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.databases import Database
from fauxdoo.mockserver.orm.sql import SQL
from fauxdoo.mockserver.state.tables import Row, given_names, link_fields, links_of, made_up, models_in, rows_of
from fauxdoo.mockserver.stores import MemoryStore

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.registry import Registry
    from fauxdoo.mockserver.stores.base import Cursor

__all__ = ["exported"]


def exported(database: Database) -> dict[str, Any]:
    """`{"records": {model: {xmlid: {column: value}}}, "removed": {model: [xmlid]}}`, compared with a fresh database.

    New records come with all that is set, others with what changed. Passwords, keys and times of change are left out;
    so are models and fields that users made.
    """
    fresh = MemoryStore()
    try:
        fresh.load(database.store.fresh())
        with fresh.transaction(readonly=True) as before, database.transaction() as env:
            env.transaction.ensure("ir.model.data")
            return _Comparison(env.registry, env.cr, before, frozenset(database.store.tables)).result()
    finally:
        fresh.close()


class _Comparison:
    """The tables now and before."""

    def __init__(self, registry: Registry, now: Cursor, before: Cursor, tables: frozenset[str]) -> None:
        self._registry, self._now, self._before, self._tables = registry, now, before, tables
        statement = SQL("SELECT name FROM sqlite_master WHERE type = 'table'")
        self._tables_before = {row[0] for row in before.execute(statement)}
        self._models = models_in(registry, tables)
        self._names = given_names(now)
        self._taken = frozenset(self._names.values())
        self._gone = given_names(before) if "ir_model_data" in self._tables_before else {}

    def result(self) -> dict[str, Any]:
        records: dict[str, dict[str, Any]] = {}
        removed: dict[str, list[str]] = {}
        for model in self._models:
            now, before = rows_of(self._now, self._registry, model), self._rows_before(model)
            for id, row in now.items():
                if id not in before or row != before[id]:
                    changed = self._changed(model, row, before.get(id))
                    records.setdefault(model, {})[self._name(model, id)] = changed
            if lost := [self._gone_name(model, id) or made_up(model, id) for id in before if id not in now]:
                removed[model] = sorted(lost)
        self._add_links(records)
        return {"records": {model: records[model] for model in sorted(records)}, "removed": removed}

    def _rows_before(self, model: str) -> dict[int, Row]:
        if self._registry[model]._table not in self._tables_before:
            return {}
        return rows_of(self._before, self._registry, model)

    def _changed(self, model: str, row: Row, before: Row | None) -> dict[str, Any]:
        if before is None:
            return {name: self._portable(model, name, row) for name, value in row.items() if value is not None}
        return {name: self._portable(model, name, row) for name, value in row.items() if value != before[name]}

    def _add_links(self, records: dict[str, dict[str, Any]]) -> None:
        for model, field in link_fields(self._registry, self._models):
            if field.relation not in self._tables:
                continue
            before = links_of(self._before, field) if field.relation in self._tables_before else {}
            now = links_of(self._now, field)
            for id in now.keys() | before.keys():
                if now.get(id) != before.get(id):
                    linked = [self._name(field.comodel_name, other) for other in now.get(id, ())]
                    records.setdefault(model, {}).setdefault(self._name(model, id), {})[field.name] = linked

    def _gone_name(self, model: str, id: int) -> str | None:
        """What a record of a fresh database was called; the catalogue knows it where nobody had looked before."""
        return self._gone.get((model, id)) or self._registry.catalogue.xmlids.of(model, id)

    def _name(self, model: str, id: int) -> str:
        if given := self._names.get((model, id)) or self._gone_name(model, id):
            return given
        name = made_up(model, id)
        while name in self._taken:
            name += "x"
        return name

    def _portable(self, model: str, name: str, row: Row) -> Any:
        field, value = self._registry[model]._fields.get(name), row[name]
        if isinstance(value, bytes):
            return {"base64": base64.b64encode(value).decode()}
        if field is None or value is None:
            return value
        if field.type == "many2one" and not field.company_dependent:
            return self._name(field.comodel_name, value)
        if field.type == "many2one_reference" and value and row.get(field.model_field or "") in self._registry:
            return self._name(row[field.model_field or ""], value)
        if field.type == "reference" and value:
            target, _, id = value.partition(",")
            return f"{target},{self._name(target, int(id))}"
        return value
