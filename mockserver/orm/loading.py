"""How values come into the cache: columns by one statement, links by searches, the rest by computing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any, ClassVar

from fauxdoo.mockserver.orm.conditions import database_id
from fauxdoo.mockserver.orm.drafting import Drafting
from fauxdoo.mockserver.orm.fields.base import Field
from fauxdoo.mockserver.orm.fields.binary import Binary
from fauxdoo.mockserver.orm.fields.many2many import Many2many
from fauxdoo.mockserver.orm.fields.x2many import X2many
from fauxdoo.mockserver.orm.new_id import NewId
from fauxdoo.mockserver.orm.plans import stays
from fauxdoo.mockserver.orm.sql import SQL, Query
from fauxdoo.mockserver.orm.tables import kind_of
from fauxdoo.mockserver.stores.base import Kind

__all__ = ["Loading", "json_ids"]

_BATCH = 1000


class Loading(Drafting):
    """Loading, computing and recomputing of field values."""

    __slots__ = ()

    _table: ClassVar[str] = ""
    _abstract: ClassVar[bool] = False
    _by_method: ClassVar[dict[str | None, list[Field]]] = {}
    _together: ClassVar[frozenset[str]] = frozenset()
    """Names of the methods that leave all their fields alone in a new record which has been given one of them."""
    """By the name of a method that computes them, fields."""

    @property
    def _table_query(self) -> SQL | None:
        """The statement that gives the rows of a model without a table of its own, such as a report."""
        return None

    def _ensure_table(self) -> None:
        """Make sure the model's tables and base records are there."""
        self.env.transaction.ensure(self._name)

    def _load(self, field: Field) -> None:
        """Bring a field of this record (and of those it was read with) into the cache."""
        if isinstance(self._ids[0], NewId):
            self._load_new(field)
            return
        pending = self.env.transaction.pending.get(field)
        if pending and self._ids[0] in pending:
            self.sudo()._recompute(field, dict.fromkeys([*self._ids, *islice(self._prefetch_ids, _BATCH)]))
            if self._ids[0] in self.env.bucket(field):
                return
        bucket = self.env.bucket(field)
        unknown = (id for id in self._prefetch_ids if id not in bucket and not isinstance(id, NewId))
        wanted = islice(unknown, _BATCH)
        records = self._spawn(dict.fromkeys([*self._ids, *wanted]))
        if field.is_column:
            records._fetch([field])
        elif field.store and isinstance(field, (X2many, Binary)):
            field.load(records)
        elif field.related:
            records._follow(field)
        elif field.compute:
            records._compute(field)
        else:
            bucket.update((id, field.empty) for id in records._ids)

    def _fetch(self, fields: Iterable[Field]) -> None:
        """Read columns of these records into the cache; ids that do not exist get no value."""
        self._ensure_table()
        fields = list(fields)
        buckets = [self.env.bucket(field) for field in fields]
        for row in self._rows(fields, self._ids):
            for field, bucket, value in zip(fields, buckets, row[1:], strict=True):
                bucket.setdefault(row[0], None if value is None else field.from_column(value))

    def _rows(self, fields: Iterable[Field], ids: Iterable[Any], rules: Any = None) -> list[tuple[Any, ...]]:
        """(id, column values…) of the ids that exist and that the domain `rules` allows, unordered."""
        fields, fetches = tuple(fields), self.env.registry.fetches
        key = (self._name, fields) if self.env.in_source_language else None
        if key is not None and (known := fetches.find(key, rules)) is not None:
            return self._run_query(SQL.raw(known.text, (json_ids(ids), *known.params[1:])))
        query = Query(self)
        query.where(self._among(query.id, ids))
        if rules is not None:
            from fauxdoo.mockserver.orm.compiler import access_condition

            query.where(access_condition(self, query, rules))
        statement = self._selecting(query, fields)
        if key is not None and stays(self, query, rules) and not any(field.company_dependent for field in fields):
            fetches.keep(key, rules, statement)
        return self._run_query(statement)

    def _among(self, expression: SQL, ids: Iterable[Any]) -> SQL:
        """Whether an expression is one of some ids: one statement, however many there are."""
        return SQL(self.env.cr.dialect.ids, expression, json_ids(ids))

    def _selecting(self, query: Query, fields: Iterable[Field]) -> SQL:
        """The statement that reads (id, column values…) of the records a query selects."""
        from fauxdoo.mockserver.orm.columns import column

        return query.select(query.id, *(column(self, query.alias, field) for field in fields))

    def _run_query(self, statement: SQL) -> list[tuple[Any, ...]]:
        """Rows of (id, …) of this model's records, which count as read."""
        cr = self.env.cr
        rows = cr.execute(statement)
        cr.trace.touch("read", self._name, [row[0] for row in rows])
        return rows

    # ---------------------------------------------------------------- computing

    def _compute(self, field: Field) -> None:
        """Run the method that computes a field, for values that are not stored."""
        fields = self._computed_with(field)
        for each in fields:
            if each is not field and not each.store:
                bucket = each.bucket(self)
                for id in self._ids:
                    bucket.setdefault(id, each.empty)
        with self.env.transaction.protecting(fields, self._ids):
            getattr(self, field.compute or "")()
        bucket = field.bucket(self)
        for id in self._ids:
            bucket.setdefault(id, field.empty)

    def _computed_with(self, field: Field) -> list[Field]:
        """The fields the same method computes."""
        return self._by_method[field.compute]

    def _follow(self, field: Field) -> None:
        """Values of a related field: the end of its path."""
        *path, last = (field.related or "").split(".")
        for record in self.sudo():
            target: Any = record
            for name in path:
                target = target[name][:1]
            end = target._fields[last]
            value = end.cached(target) if target else end.empty
            field.bucket(self)[record._ids[0]] = value

    def _recompute(self, field: Field, ids: Iterable[Any] | None = None) -> None:
        """Compute what is pending of a stored field, for all records or for some."""
        pending = self.env.transaction.pending.get(field, {})
        todo = list(pending) if ids is None else [id for id in ids if id in pending]
        fields = [field] if field.related else [each for each in self._computed_with(field) if each.store]
        for each in fields:
            self._no_longer_pending(each, todo)
        records = self._spawn(todo)
        if ids is None:
            records = records.exists()
        if not records:
            return
        with self.env.transaction.protecting(fields, records._ids), self._computing():
            if field.related:
                records._store_related(field)
            else:
                getattr(records, field.compute or "")()

    @contextmanager
    def _computing(self) -> Iterator[None]:
        """Within the block, what follows assigned values is pending already, but for links and recursion."""
        transaction = self.env.transaction
        transaction.computing += 1
        try:
            yield
        finally:
            transaction.computing -= 1
        while transaction.assigned and not transaction.computing:
            (model, name), ids = transaction.assigned.popitem()
            recursive = self.env.registry.triggers.recursive(model, name)
            self.env[model].browse(ids)._modified([name], own=recursive)

    def _assigned(self, field: Field) -> None:
        """A computed column of this record has a new value."""
        transaction = self.env.transaction
        if not transaction.computing:
            self._modified([field.name])
        elif field.is_relational or self.env.registry.triggers.recursive(self._name, field.name):
            transaction.assigned[self._name, field.name][self._ids[0]] = None

    def _store_related(self, field: Field) -> None:
        *path, last = (field.related or "").split(".")
        for record in self:
            target: Any = record
            for name in path:
                target = target[name][:1]
            field.assign(record, target[last] if target else False)

    def _no_longer_pending(self, field: Field, ids: Iterable[Any]) -> None:
        pending = self.env.transaction.pending
        if field in pending:
            for id in ids:
                pending[field].pop(id, None)
            if not pending[field]:
                del pending[field]

    def _modified(self, names: Iterable[str], own: bool = True) -> None:
        """Values of these fields changed: forget or schedule whatever follows them, in these records only if `own`."""
        transaction = self.env.transaction
        transaction.forget_computed()
        for name in names:
            for trigger in self.env.registry.triggers.of(self._name, name):
                if trigger.stored and (own or trigger.path):
                    self._schedule(trigger.field, self._targets(trigger.model, trigger.path))

    def _schedule(self, field: Field, ids: Iterable[Any]) -> None:
        transaction = self.env.transaction
        protected = transaction.protected.get(field, ())
        todo = [id for id in ids if id not in protected and not isinstance(id, NewId)]
        if todo:
            transaction.pending.setdefault(field, {}).update(dict.fromkeys(todo))

    def _targets(self, model: str, path: tuple[str, ...]) -> list[Any]:
        """Ids of the records of `model` that reach these records by a path of relational fields."""
        ids: list[Any] = list(self._ids)
        if not path:
            return ids
        chain = [self.env(su=True, context={"active_test": False})[model]]
        for name in path[:-1]:
            chain.append(chain[-1].env[chain[-1]._fields[name].comodel_name])
        for source, name in zip(reversed(chain), reversed(path), strict=True):
            if not ids:
                return []
            ids = source._reaching(source._fields[name], ids)
        return ids

    def _reaching(self, field: Field, ids: list[Any]) -> list[Any]:
        """Ids of records of this model whose relational field holds one of `ids`."""
        env = self.env
        if field.type == "one2many":
            lines = env[field.comodel_name]
            inverse = lines._fields.get(field.inverse_name)
            if inverse is None or not inverse.is_column:
                return []
            if inverse.type == "many2one":
                return list(lines.browse(ids).mapped(inverse.name)._ids)
            return [row[1] for row in lines._rows([inverse], ids) if row[1]]
        env.write_dirty()
        self._ensure_table()
        if field.is_column:
            return self._values_where(self._table, "id", field.name, ids)
        if isinstance(field, Many2many) and field.store:
            return list(dict.fromkeys(self._values_where(field.relation, field.column1, field.column2, ids)))
        if field.related:
            *path, last = field.related.split(".")
            return self._reaching_by(path, last, ids)
        return []

    def _values_where(self, table: str, column: str, key: str, ids: Iterable[Any]) -> list[Any]:
        where = self._among(SQL.identifier(key), ids)
        statement = SQL("SELECT %s FROM %s WHERE %s", SQL.identifier(column), SQL.identifier(table), where)
        return [row[0] for row in self.env.cr.execute(statement)]

    def _reaching_by(self, path: list[str], last: str, ids: list[Any]) -> list[Any]:
        chain: list[Any] = [self]
        for name in path:
            chain.append(self.env[chain[-1]._fields[name].comodel_name])
        for source, name in zip(reversed(chain), [last, *reversed(path)], strict=True):
            ids = source._reaching(source._fields[name], ids)
        return ids

    def _links_changed(self, field: Many2many, lines: Iterable[int]) -> None:
        """Links of a many2many changed: schedule what follows its other side."""
        for other in field.other_side(self.env):
            self.env[field.comodel_name].browse(lines)._modified([other.name])

    # ---------------------------------------------------------------- writing columns

    def _write_rows(self, rows: Mapping[int, Mapping[str, Any]]) -> None:
        """Send cached values of columns to the database: by id, by field."""
        self.env.cr.trace.touch("written", self._name, list(rows))
        groups: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
        for id, values in rows.items():
            names = tuple(values)
            params = [self._fields[name].to_column(values[name]) for name in names]
            groups.setdefault(names, []).append((*params, id))
        for names, params_list in groups.items():
            assignments = ", ".join(self._assignment(self._fields[name]) for name in names)
            text = f'UPDATE "{self._table}" SET {assignments} WHERE id = ?'
            self.env.cr.executemany(text, params_list)

    def _assignment(self, field: Field) -> str:
        """`column = ?`, or the change of one member where the column keeps values per language or company."""
        if field.company_dependent:
            return self._member_assignment(field.name, str(self.env.company.id), kind_of(field))
        lang = self.env.lang if field.translate else None
        if lang:
            return self._member_assignment(f"{field.name}__lang", lang, "text")
        return f'"{field.name}" = ?'

    def _member_assignment(self, column: str, key: str, kind: Kind) -> str:
        dialect = self.env.cr.dialect
        return f'"{column}" = ' + dialect.json_set % (f'"{column}"', f"'{key}'", dialect.json_values[kind])


def json_ids(ids: Iterable[Any]) -> str:
    """The parameter of a statement on records by their ids."""
    given = list(ids)
    if set(map(type, given)) == {int} and -(2**63) <= min(given) <= max(given) < 2**63:
        return repr(given)
    return "[" + ",".join([_json_id(id) for id in given if type(id) is not float or _is_whole(id)]) + "]"


def _is_whole(id: float) -> bool:
    """Whether a row can have this number as its id."""
    return id.is_integer() and abs(id) < 2**63


def _json_id(id: Any) -> str:
    if id is False or id is None:
        return "0"
    return repr(database_id(id)) if type(id) is int else json.dumps(database_id(int(id) if type(id) is float else id))
