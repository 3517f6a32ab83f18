"""Deleting and copying records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self

from fauxdoo.mockserver.orm.commands import Command
from fauxdoo.mockserver.orm.fields.base import MAGIC, Field
from fauxdoo.mockserver.orm.fields.many2many import Many2many
from fauxdoo.mockserver.orm.fields.one2many import One2many
from fauxdoo.mockserver.orm.sql import SQL
from fauxdoo.mockserver.orm.writing import Writing

__all__ = ["Deleting"]


class Deleting(Writing):
    """`unlink` with what follows from foreign keys, `copy`."""

    __slots__ = ()

    _ondelete_methods: ClassVar[tuple[str, ...]] = ()

    def unlink(self) -> bool:
        """Delete the records; raises where something that may not lose them refers to them. Always true."""
        if not self._ids:
            return True
        for id in dict.fromkeys(self._ids):  # a TypeError for lists (recording config/config-parameter-record-json2)
            int(id or 0)  # a ValueError for text (recording crud/write-string-ids)
        if not self.env.su:
            self.env.access.check(self, "unlink")
            self.env.flush()
            self.env.access.check_rules(self, "unlink")
        for method in self._ondelete_methods:
            getattr(self, method)()
        self.env.flush()
        self._ensure_table()
        self._schedule_losers()
        _Deletion(self).run()
        transaction = self.env.transaction
        for field in list(transaction.pending):
            if field.model_name == self._name:
                self._no_longer_pending(field, self._ids)
        transaction.invalidate()
        return True

    def _schedule_losers(self) -> None:
        """What follows these records through a link has to be recomputed without them."""
        self._modified([name for name, field in self._fields.items() if field.is_column or field.is_x2many])
        for field in [f for f in self.env.transaction.pending if f.model_name == self._name]:
            self._no_longer_pending(field, self._ids)

    # ---------------------------------------------------------------- copy

    def copy(self, default: Mapping[str, Any] | None = None) -> Self:
        """A copy of each record, with the values of `default` over the copied ones."""
        if len(set(self._ids)) < len(self._ids):
            raise TypeError("'NoneType' object is not iterable")  # Odoo has no values for a repeated record (web/copy)
        vals_list = self.with_context(active_test=False).copy_data(default)
        context = {k: v for k, v in self.env.context.items() if not k.startswith("default_")}
        return self.with_context(context).create(vals_list).with_env(self.env)

    def copy_data(self, default: Any = None) -> list[dict[str, Any]]:
        """The values `copy` creates with, one dictionary per record."""
        default = dict(default or {})
        if not self.env.su and self._ids:
            self.env.access.check(self, "read")
            self.env.access.check_rules(self, "read")
        present = self.exists()
        if len(present) < len(self):
            raise (self - present)._missing()
        self.env.flush()
        return [record._copied_values(default) for record in self]

    def _copied_values(self, default: Mapping[str, Any]) -> dict[str, Any]:
        values: dict[str, Any] = dict(default)
        for name, field in self._fields.items():
            if name in values or name in MAGIC or name == "parent_path" or not self._is_copied(field, default):
                continue
            cached = field.cached(self)
            if isinstance(field, One2many):
                lines = self[name].with_context(active_test=True)
                values[name] = [Command.create(line_values) for line_values in self._copied_lines(lines, field)]
            elif isinstance(field, Many2many):
                values[name] = [Command.set(cached)]
            else:
                values[name] = field.to_write(cached, self)
        return values

    def _copied_lines(self, lines: Any, field: One2many) -> list[dict[str, Any]]:
        return [{key: value for key, value in vals.items() if key != field.inverse_name} for vals in lines.copy_data()]

    def _is_copied(self, field: Field, default: Mapping[str, Any]) -> bool:
        if not field.copy:
            return False
        if field.inherited:
            return (field.related or "").partition(".")[0] not in default
        if field.name in self._inherits.values():
            return False
        return field.store


class _Deletion:
    """Rows to delete, found along foreign keys before the first one goes."""

    def __init__(self, records: Any) -> None:
        self.env = records.env(su=True, context={"active_test": False})
        self.gone: dict[str, set[int]] = defaultdict(set)
        self.emptied: list[tuple[str, str, set[int]]] = []
        self._collect(records._name, {id for id in records._ids if id})
        self.first = records

    def _collect(self, model: str, ids: set[int]) -> None:
        new = ids - self.gone[model]
        if not new:
            return
        self.gone[model] |= new
        for source, field, ondelete in self._references(model):
            referring = self._referring(source, field, new) - (self.gone[source] if source == model else set())
            if not referring:
                continue
            if ondelete == "cascade":
                self._collect(source, referring)
            elif ondelete == "restrict":
                still = referring - self.gone[source]
                if still:
                    raise self.env[source]._foreign_key_error(self.env[source]._fields[field])
            else:
                self.emptied.append((source, field, referring))

    def _references(self, model: str) -> Iterable[tuple[str, str, str | None]]:
        found: list[tuple[str, str, str | None]] = self.env.registry.references(model)
        return found

    def _referring(self, model: str, field: str, ids: set[int]) -> set[int]:
        registry = self.env.registry
        if model not in registry or registry[model]._abstract or not registry[model]._fields[field].is_column:
            return set()
        if registry[model]._fields[field].company_dependent:  # no foreign key holds it
            return set()
        if not registry.has_rows(self.env, model):
            return set()
        registry.ensure(self.env, model)
        statement = SQL(
            "SELECT id FROM %s WHERE %s",
            SQL.identifier(registry[model]._table),
            self.env[model]._among(SQL.identifier(field), ids),
        )
        return {row[0] for row in self.env.cr.execute(statement)}

    def run(self) -> None:
        """Empty what is set to null, delete rows, links, attachments and xmlids."""
        cr = self.env.cr
        for model, field, ids in self.emptied:
            rows = [(id,) for id in ids]
            cr.executemany(f'UPDATE "{self.env[model]._table}" SET "{field}" = NULL WHERE id = ?', rows)
        for model, ids in self.gone.items():
            rows = [(id,) for id in ids]
            for table, column, _other in self.env.registry.links(self.env, model):
                cr.executemany(f'DELETE FROM "{table}" WHERE "{column}" = ?', rows)
            cr.executemany(f'DELETE FROM "{self.env[model]._table}" WHERE id = ?', rows)
            cr.trace.touch("unlinked", model, sorted(ids))
            self._forget(model, ids)

    def _forget(self, model: str, ids: set[int]) -> None:
        """Attachments and xmlids go with their record."""
        for other, name in (("ir.attachment", "res_model"), ("ir.model.data", "model")):
            if other == model or not self.env.registry.has_rows(self.env, other):
                continue
            table = self.env[other]._table
            rows = [(model, id) for id in ids]
            self.env.cr.executemany(f'DELETE FROM "{table}" WHERE "{name}" = ? AND res_id = ?', rows)
