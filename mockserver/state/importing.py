"""A state that was exported, put into a database: rows as they were, under ids of this one."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping
from typing import Any

from fauxdoo.mockserver.databases import Database
from fauxdoo.mockserver.errors import DatabaseError
from fauxdoo.mockserver.orm.environment import Environment
from fauxdoo.mockserver.orm.fields.many2many import Many2many
from fauxdoo.mockserver.orm.sql import SQL
from fauxdoo.mockserver.state.tables import base_id, columns_of, given_names, link_fields, models_in

__all__ = ["StateError", "imported"]


class StateError(ValueError):
    """A state does not fit the database; the message says where."""


def imported(database: Database, state: Any) -> None:
    """Make the records of a state, change and remove others, as `exported` answered it.

    Nothing is computed, checked or sent: the rows are as they were. Records known by their xmlid are changed. Raises
    StateError, and changes nothing, for a state that does not fit.
    """
    records, removed = _sections(state)
    try:
        with database.transaction() as env:
            env.transaction.ensure("ir.model.data")
            known = models_in(env.registry, frozenset(env.registry[name]._table for name in _concrete(env)))
            for model in (*records, *removed):
                if model not in known:
                    raise StateError(f"there is no model {model!r} here that could take records")
                env.transaction.ensure(model)
            _Import(env, records).run(removed)
    except DatabaseError as error:
        raise StateError(str(error)) from error
    database.access.reset()
    database.registry.users_version += 1
    database.generation += 1


def _concrete(env: Environment) -> list[str]:
    return [name for name in env.registry.names if not env.registry[name]._abstract]


def _sections(state: Any) -> tuple[dict[str, dict[str, dict[str, Any]]], dict[str, list[str]]]:
    """Records and removed ones. Raises StateError for another shape."""
    records, removed = (state.get("records"), state.get("removed", {})) if isinstance(state, Mapping) else (None, None)
    sound = (
        isinstance(records, dict)
        and all(
            isinstance(named, dict) and all(isinstance(row, dict) for row in named.values())
            for named in records.values()
        )
        and isinstance(removed, dict)
        and all(isinstance(names, list) and all(isinstance(name, str) for name in names) for names in removed.values())
    )
    if not sound:
        raise StateError("a state has records, {model: {xmlid: {column: value}}}, and removed, {model: [xmlid]}")
    return records, removed  # type: ignore[return-value]


class _Import:
    """The records of one state on their way into the tables."""

    def __init__(self, env: Environment, records: dict[str, dict[str, dict[str, Any]]]) -> None:
        self._env, self._records = env, records
        self._ids = {(model, name): id for (model, id), name in given_names(env.cr).items()}
        self._new: list[tuple[str, str, int]] = []
        links = (found for model in records for found in link_fields(env.registry, [model]))
        self._links = {(model, field.name): field for model, field in links}

    def run(self, removed: Mapping[str, Iterable[str]]) -> None:
        """Give ids to what is new, then write rows, links and names, then remove."""
        for model, named in self._records.items():
            for xmlid in named:
                self._reserve(model, xmlid)
        for model, named in self._records.items():
            columns = frozenset(columns_of(self._env.registry, model))
            for xmlid, row in named.items():
                self._write(model, xmlid, row, columns)
        for model, names in removed.items():
            self._remove(model, [self._id(model, name, model, "removed") for name in names])
        self._env.transaction.invalidate()
        self._env["ir.model.data"].create([_named(*new) for new in self._new])
        for model in self._records:
            self._set_paths(model)

    def _reserve(self, model: str, xmlid: str) -> None:
        if "." not in xmlid:
            raise StateError(f"{model}: {xmlid!r} is no xmlid: module.name")
        if (model, xmlid) not in self._ids and base_id(xmlid) is None:
            (id,) = self._env.transaction.reserve(1)
            self._ids[model, xmlid] = id
            self._new.append((model, xmlid, id))
            self._run("INSERT INTO %s (id) VALUES (%s)", self._table(model), id)

    def _write(self, model: str, xmlid: str, row: Mapping[str, Any], columns: frozenset[str]) -> None:
        id = self._id(model, xmlid, model, xmlid)
        sets = []
        for name, value in row.items():
            if field := self._links.get((model, name)):
                self._link(field, id, value, f"{model} {xmlid}, {name}")
            elif name in columns:
                sets.append(SQL("%s = %s", SQL.identifier(name), self._column(model, xmlid, name, row)))
            else:
                raise StateError(f"{model} {xmlid}: there is no column {name!r}")
        if sets:
            self._run("UPDATE %s SET %s WHERE id = %s", self._table(model), SQL(", ").join(sets), id)

    def _column(self, model: str, xmlid: str, name: str, row: Mapping[str, Any]) -> Any:
        """What the column holds, of what the export says."""
        field, value, place = self._env.registry[model]._fields.get(name), row[name], f"{model} {xmlid}, {name}"
        if isinstance(value, dict):
            return _bytes(value, place)
        if isinstance(value, list):
            raise StateError(f"{place}: a list is no value of a column")
        if field is None or not isinstance(value, str):
            return value
        if field.type == "many2one" and not field.company_dependent:
            return self._id(field.comodel_name, value, place)
        if field.type == "many2one_reference" and not value.isdigit():
            return self._id(str(row.get(field.model_field or "")), value, place)
        if field.type == "reference":
            target, _, name = value.partition(",")
            return f"{target},{self._id(target, name, place)}"
        return value

    def _link(self, field: Many2many, id: int, names: Any, place: str) -> None:
        if not isinstance(names, list):
            raise StateError(f"{place}: a list of xmlids is expected")
        self._env.transaction.ensure(field.comodel_name)
        relation, one = SQL.identifier(field.relation), SQL.identifier(field.column1)
        self._run("DELETE FROM %s WHERE %s = %s", relation, one, id)
        for name in names:
            other = self._id(field.comodel_name, name, place)
            columns = SQL("%s, %s", one, SQL.identifier(field.column2))
            self._run("INSERT INTO %s (%s) VALUES (%s, %s)", relation, columns, id, other)

    def _id(self, model: str, xmlid: Any, *place: str) -> int:
        found = self._ids.get((model, xmlid)) if isinstance(xmlid, str) else None
        id = base_id(xmlid) if found is None and isinstance(xmlid, str) else found
        if id is None:
            raise StateError(f"{' '.join(place)}: no {model} has the xmlid {xmlid!r}")
        return id

    def _remove(self, model: str, ids: list[int]) -> None:
        for id in ids:
            self._run("DELETE FROM %s WHERE id = %s", self._table(model), id)
            self._run("DELETE FROM ir_model_data WHERE model = %s AND res_id = %s", model, id)

    def _set_paths(self, model: str) -> None:
        """The ancestors of each record, by the ids of this database."""
        cls = self._env.registry[model]
        if "parent_path" not in cls._fields:
            return
        statement = SQL("SELECT id, %s FROM %s", SQL.identifier(cls._parent_name), self._table(model))
        parents = dict(self._env.cr.execute(statement))
        for id in parents:
            path, seen, at = "", set[int](), id
            while at and at not in seen:
                seen.add(at)
                path, at = f"{at}/{path}", parents.get(at)
            self._run("UPDATE %s SET parent_path = %s WHERE id = %s", self._table(model), path, id)

    def _table(self, model: str) -> SQL:
        return SQL.identifier(self._env.registry[model]._table)

    def _run(self, template: str, *arguments: Any) -> None:
        self._env.cr.execute(SQL(template, *arguments))


def _named(model: str, xmlid: str, id: int) -> dict[str, Any]:
    module, _, name = xmlid.partition(".")
    return {"module": module, "name": name, "model": model, "res_id": id}


def _bytes(value: dict[str, Any], place: str) -> bytes:
    try:
        return base64.b64decode(value["base64"], validate=True)
    except (KeyError, TypeError, binascii.Error):
        raise StateError(f'{place}: {{"base64": text}} is expected') from None
