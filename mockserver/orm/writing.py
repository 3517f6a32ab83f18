"""Creating and changing records."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from typing import Any, ClassVar, Self

from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm import api
from fauxdoo.mockserver.orm.constraints import Constraints
from fauxdoo.mockserver.orm.fields.base import MAGIC, Field
from fauxdoo.mockserver.orm.fields.binary import Binary
from fauxdoo.mockserver.orm.fields.many2many import Many2many
from fauxdoo.mockserver.orm.fields.properties import Properties
from fauxdoo.mockserver.orm.fields.x2many import X2many
from fauxdoo.mockserver.orm.new_id import NewId

__all__ = ["Writing"]

_IGNORED = {*MAGIC, "parent_path"}


class Writing(Constraints):
    """`create`, `write`, and what they do to columns, lines, parents and computed values."""

    __slots__ = ()

    _inherits: ClassVar[Mapping[str, str]] = {}
    _log_access: ClassVar[bool] = True
    _properties: ClassVar[tuple[Properties, ...]] = ()
    """The fields whose definitions stand on another record."""

    # ---------------------------------------------------------------- create

    @api.model_create_multi
    def create(self, vals_list: Any) -> Self:
        """Make records of dictionaries of values; nothing is kept if one is refused."""
        if not self.env.su:
            self.env.access.check(self, "create")
        if not vals_list:
            return self._spawn(())
        self._ensure_table()
        prepared = [self._with_defaults(self._known_values(vals, "in")) for vals in vals_list]
        self._check_linked(prepared)
        self._create_parents(prepared)
        records = self._insert(prepared)
        self._fill_created(records, prepared)
        if not self.env.su:
            self.env.access.check_rules(records, "create")
        return records

    def _known_values(self, vals: Any, word: str) -> dict[str, Any]:
        """The values without those the ORM keeps itself; raises ValueError for an unknown field."""
        for name in vals:
            field = self._fields.get(name)
            if field is None:
                raise ValueError(f"Invalid field {name!r} {word} {self._name!r}")
            if field.groups and not self.env.su and not self.env.access.field_allowed(self, field):
                raise self.env.access.field_denial(self, field, "write")
        return {name: value for name, value in dict(vals).items() if name not in _IGNORED and name != "display_name"}

    def default_get(self, fields: Iterable[str]) -> dict[str, Any]:
        """The values a new record starts with, of the fields asked for, in the form `write` takes."""
        raise NotImplementedError

    def _with_defaults(self, vals: dict[str, Any]) -> dict[str, Any]:
        """The values with the defaults of what is not given; those of parent records are added when these are made."""
        missing = [name for name, field in self._fields.items() if name not in vals and not field.inherited]
        return {**self.default_get(missing), **vals}

    def _create_parents(self, prepared: list[dict[str, Any]]) -> None:
        """Make or change the parent records of `_inherits` with the values that are theirs."""
        for model, link in self._inherits.items():
            new: list[dict[str, Any]] = []
            for vals in prepared:
                theirs = self._take_inherited(vals, link)
                if vals.get(link):
                    if theirs:
                        self.env[model].browse(vals[link]).write(theirs)
                else:
                    vals[link] = theirs
                    new.append(theirs)
            if new:
                parents = iter(self.env[model].create(new))
                for vals in prepared:
                    if isinstance(vals[link], dict):
                        vals[link] = next(parents).id

    def _take_inherited(self, vals: dict[str, Any], link: str) -> dict[str, Any]:
        theirs: dict[str, Any] = {}
        for name in list(vals):
            field = self._fields[name]
            if field.inherited and (field.related or "").partition(".")[0] == link:
                theirs[(field.related or "").partition(".")[2]] = vals.pop(name)
        return theirs

    def _insert(self, prepared: list[dict[str, Any]]) -> Self:
        """Insert the rows and put their values into the cache."""
        ids = self._reserve_ids(len(prepared))
        records = self._spawn(ids)
        moment = self.env.transaction.now.strftime("%Y-%m-%d %H:%M:%S.%f")
        columns = [field for field in self._fields.values() if field.is_column and field.name != "id"]
        buckets = [self.env.bucket(field) for field in columns]
        log = {"create_uid": self.env.uid, "write_uid": self.env.uid, "create_date": moment, "write_date": moment}
        rows: dict[tuple[str, ...], list[list[Any]]] = defaultdict(list)
        for id, vals in zip(ids, prepared, strict=True):
            record = self._spawn((id,))
            values = {name: self._fields[name].as_inserted(vals[name]) for name in vals if self._fields[name].is_column}
            for field in columns:
                self.env.bucket(field)[id] = field.empty
            cached: dict[str, Any] = {}
            for name, value in self._ordered(values):
                cached[name] = self._fields[name].to_cache(value, self._rounding_for(name, values, record))
                self.env.bucket(self._fields[name])[id] = cached[name]
            if self._log_access:
                cached |= log
            row: dict[str, Any] = {"id": id}
            for field, bucket in zip(columns, buckets, strict=True):
                if field.name in cached:
                    row.update(self._column_values(field, cached[field.name]))
                bucket[id] = cached.get(field.name, field.empty)
                if field.company_dependent and field.name not in cached:
                    del bucket[id]  # what the company falls back to is not kept in the row
            rows[tuple(row)].append(list(row.values()))
        for names, values_list in rows.items():
            marks = ", ".join("?" * len(names))
            quoted = ", ".join(f'"{name}"' for name in names)
            self.env.cr.executemany(f'INSERT INTO "{self._table}" ({quoted}) VALUES ({marks})', values_list)
        self.env.cr.trace.touch("created", self._name, ids)
        return records

    def _rounding_for(self, name: str, values: Mapping[str, Any], record: Self) -> Self:
        """A new amount is rounded only to a currency that is set with it (recorded in field/monetary)."""
        field = self._fields[name]
        given = field.type != "monetary" or (getattr(field, "currency_field", None) or "currency_id") in values
        return record if given else self.browse()

    def _reserve_ids(self, count: int) -> list[int]:
        """Ids for new records, never given again."""
        custom = self.env.registry.custom
        if self._name in custom.models:
            return list(custom.reserve_ids(self.env, self._name, count))
        return list(self.env.transaction.reserve(count))

    def _ordered(self, values: Mapping[str, Any]) -> list[tuple[str, Any]]:
        """Amounts last: they are rounded to the currency that is set with them."""
        return sorted(values.items(), key=lambda item: self._fields[item[0]].type == "monetary")

    def _column_values(self, field: Field, cached: Any) -> dict[str, Any]:
        """The column (and the one of other languages) that hold a cached value of a new row."""
        value = field.to_column(cached)
        if field.company_dependent:
            value = None if value is None else json.dumps({str(self.env.company.id): value})
        elif field.translate and self.env.lang and value is not None:
            return {field.name: value, f"{field.name}__lang": json.dumps({self.env.lang: value})}
        return {field.name: value}

    def _fill_created(self, records: Self, prepared: list[dict[str, Any]]) -> None:
        """Lines, inverses, computed values and checks of records whose rows are in."""
        given = [self._with_companions(vals) for vals in prepared]
        for field in self._fields.values():
            if field.recomputed:
                without = [id for id, names in zip(records._ids, given, strict=True) if field.name not in names]
                if isinstance(field, Binary) and field.is_attached and (field.related or "").isidentifier():
                    source = str(field.related)
                    without = [id for id, vals in zip(records._ids, prepared, strict=True) if vals.get(source)]
                if not field.is_column and field.is_x2many:
                    self.env.bucket(field).update((id, ()) for id in without)
                self._schedule(field, without)
        self._keep_tree(records)
        self._keep_properties(records, prepared)
        self._check_required_now(records, prepared)
        self._check_targets(records, prepared)
        names = {name for vals in prepared for name in vals}
        with self._protecting(records, given):
            lines = {name for name in names if self._fields[name].store and not self._fields[name].is_column}
            records._modified([*(names - lines), *MAGIC])  # before there are lines: they take what they need
            fields = [field for name, field in self._fields.items() if name in names]
            for field in sorted(fields, key=lambda field: field.is_written_through):
                self._set_created(field, records, prepared)
            records._modified(lines)
        self._check_required_later(records)
        records._check_sql_constraints(None)
        records._validate(set(self._fields))

    def _with_companions(self, vals: Mapping[str, Any]) -> set[str]:
        """Names of what is not computed over these values: they, and what is computed together with them."""
        fields = (self._fields[name] for name in vals)
        given = [f for f in fields if not f.readonly or not (f.compute or (f.related and f.store))]
        joint = self._with_siblings([field for field in given if field.compute in self._together])
        return {field.name for field in [*given, *joint]}

    def _protecting(self, records: Self, given: list[set[str]]) -> Any:
        """Values that were given are not computed over, record by record."""
        stack, by_field = ExitStack(), defaultdict(list)
        for id, names in zip(records._ids, given, strict=True):
            for field in (f for name in names if (f := self._fields[name]).recomputed):
                by_field[field].append(id)
        for field, ids in by_field.items():
            stack.enter_context(self.env.transaction.protecting([field], ids))
        return stack

    def _set_created(self, field: Field, records: Self, prepared: list[dict[str, Any]]) -> None:
        """Values of a new record that are no columns: commands, and what an inverse writes through."""
        for record, vals in zip(records, prepared, strict=True):
            if field.name not in vals:
                continue
            value = vals[field.name]
            if isinstance(field, X2many) and field.store:
                field.write_commands(record, value, creating=True)
            elif isinstance(field, Binary) and field.is_attached:
                field.write_attachments(record, value)
            elif field.is_written_through:
                record._write_through(field, value)

    # ---------------------------------------------------------------- write

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values on all records. Always true; raises what the values or the rights call for."""
        if not self._ids:
            return True
        if not self.env.su:
            self.env.access.check(self, "write")
        vals = self._known_values(vals, "in")
        self._ensure_table()
        if not self.env.su:
            self.env.flush()
            self.env.access.check_rules(self, "write")
        if any(isinstance(id, NewId) for id in self._ids):
            self.update(vals)
            return True
        self._write_values(vals)
        return True

    def _write_values(self, vals: dict[str, Any]) -> None:
        fields = [self._fields[name] for name in vals]
        settable = [field for field in fields if not self._is_ignored(field)]
        computed = [field for field in settable if field.recomputed and not field.related]
        self._write_parents(vals, settable)
        with self.env.transaction.protecting(self._with_siblings(computed), self._ids):
            for field in computed:
                self._no_longer_pending(field, self._ids)
            names = [field.name for field in settable]
            for field in settable:
                if field.is_relational and field.is_column:
                    self._modified([field.name])  # what follows the old link
            self._update_columns({field.name: vals[field.name] for field in settable if field.is_column})
            self._modified([*names, "write_date"] if self._log_access else names)
            self._keep_tree(self, set(names))
            self._keep_properties(self, [vals])
            self._write_lines([field for field in settable if isinstance(field, X2many) and field.store], vals)
            self._write_attachments([f for f in settable if isinstance(f, Binary) and f.is_attached], vals)
            for field in settable:
                if (not field.store or field.inverse) and not field.inherited:
                    for record in self:
                        record._write_through(field, vals[field.name])
        self._check_required_given(vals)
        self._check_sql_constraints(set(names))
        self._validate(set(names))

    def _with_siblings(self, fields: list[Field]) -> list[Field]:
        """The fields, with those their methods compute along."""
        methods = {field.compute for field in fields if field.compute}
        return [*fields, *(f for method in methods for f in self._by_method[method] if f not in fields)]

    def _is_ignored(self, field: Field) -> bool:
        """Values for fields computed only, or that nothing stores, are dropped silently."""
        if field.recomputed and field.readonly and not field.related and not field.inverse and field.compute:
            return True
        return not field.store and not (field.inverse or field.related)

    def _write_parents(self, vals: dict[str, Any], fields: list[Field]) -> None:
        by_link: dict[str, dict[str, Any]] = defaultdict(dict)
        for field in fields:
            if field.inherited:
                link, _, name = (field.related or "").partition(".")
                by_link[link][name] = vals[field.name]
        for link, theirs in by_link.items():
            parents = self.mapped(link)
            parents.write(theirs)

    def _write_lines(self, fields: list[X2many], vals: Mapping[str, Any]) -> None:
        for field in fields:
            field.write_commands(self, vals[field.name])
            self._modified([field.name])

    def _write_attachments(self, fields: list[Binary], vals: Mapping[str, Any]) -> None:
        for field in fields:
            field.write_attachments(self, vals[field.name])
            self._modified([field.name])

    def _update_columns(self, values: Mapping[str, Any]) -> None:
        """Write given values of columns, with who and when."""
        self._check_exist()
        self._check_targets(self, [values])
        dirty: dict[int, dict[str, Any]] = {id: {} for id in self._ids}
        for name, value in self._ordered(values):
            field = self._fields[name]
            for record in self:
                cached = field.to_cache(value, record)
                dirty[record._ids[0]][name] = cached
                self.env.bucket(field)[record._ids[0]] = cached
        if self._log_access and values:
            moment = self.env.transaction.now.strftime("%Y-%m-%d %H:%M:%S.%f")
            for id, row in dirty.items():
                row |= {"write_uid": self.env.uid, "write_date": moment}
                self.env.bucket(self._fields["write_uid"])[id] = self.env.uid
                self.env.bucket(self._fields["write_date"])[id] = moment
        self.env.write_dirty()
        self._write_rows({id: row for id, row in dirty.items() if row})
        if self.env.lang and any(self._fields[name].translate for name in values):
            self._fill_source(values)

    def _fill_source(self, values: Mapping[str, Any]) -> None:
        """A text first written in another language stands as source text too."""
        for name, value in values.items():
            if self._fields[name].translate and value:
                params = [(value, id) for id in self._ids]
                text = f'UPDATE "{self._table}" SET "{name}" = ? WHERE id = ? AND "{name}" IS NULL'
                self.env.cr.executemany(text, params)

    def _check_exist(self) -> None:
        """Hook: models whose `write` first reads the records raise MissingError for missing ids."""

    def _write_through(self, field: Field, value: Any) -> None:
        """Set a value that is not stored here: an inverse method, or the end of a related path."""
        if field.inverse:
            bucket = field.bucket(self)
            bucket[self._ids[0]] = field.to_cache(value, self)
            with self.env.transaction.protecting([field], self._ids):
                getattr(self, field.inverse)()
            bucket.pop(self._ids[0], None)
        elif field.related and (field.inherited or not field.readonly):
            *path, last = field.related.split(".")
            target: Any = self
            for name in path:
                target = target[name][:1]
            if target:
                target.write({last: value})

    def _keep_properties(self, records: Any, prepared: list[dict[str, Any]]) -> None:
        """Definitions that were sent along are taken over; a new container brings its own defaults."""
        for field in self._properties:
            single = records if len(prepared) == 1 else None
            for vals, record in zip(prepared, [single] if single is not None else records, strict=True):
                if field.name in vals:
                    field.redefine(record, vals[field.name])
                if field.definition_record in vals:
                    field.complete(record)

    # ---------------------------------------------------------------- the tree of parents

    def _keep_tree(self, records: Self, names: set[str] | None = None) -> None:
        """Keep `parent_path` of records and their descendants; a loop of parents is refused."""
        if (names is not None and self._parent_name not in names) or "parent_path" not in self._fields:
            return
        for record in records:
            self._set_path(record)

    def _set_path(self, record: Any) -> None:
        parent = record[self._parent_name]
        path = f"{parent['parent_path'] or '' if parent else ''}{record.id}/"
        if str(record.id) in path.split("/")[:-2]:
            raise UserError("Recursion Detected.")
        self.env.bucket(self._fields["parent_path"])[record.id] = path
        self._write_rows({record.id: {"parent_path": path}})
        children = record.with_context(active_test=False).sudo().search([(self._parent_name, "=", record.id)])
        for child in children:
            self._set_path(child)

    # ---------------------------------------------------------------- checks

    def _check_link_targets(self, field: Many2many, ids: set[int]) -> None:
        """Raise where a link points at a record that does not exist."""
        comodel = self.env[field.comodel_name].sudo().browse(ids)
        missing = set(comodel._ids) - set(comodel.exists()._ids)
        if missing:
            raise self._foreign_key_error(field)

    def _check_targets(self, records: Any, prepared: Iterable[Mapping[str, Any]]) -> None:
        """Raise where a many2one points at a record that does not exist."""
        wanted: dict[Field, set[int]] = defaultdict(set)
        for vals in prepared:
            for name, value in vals.items():
                field = self._fields[name]
                if field.type == "many2one" and field.is_column:
                    id = field.to_cache(value, records)
                    if isinstance(id, int):
                        wanted[field].add(id)
        for field, ids in wanted.items():
            cls = self.env.registry[field.comodel_name]
            ids = {id for id in ids if not cls._is_there_for_good(self.env.registry, id)}
            comodel = self.env[field.comodel_name].sudo().browse(ids)
            if comodel._abstract or not ids:
                continue
            if ids - set(comodel.exists()._ids):
                raise self._foreign_key_error(field)
