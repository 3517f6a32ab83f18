"""Fields that point at records: many2one, one2many, many2many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.errors import AccessError
from fauxdoo.mockserver.orm.commands import Command, parse
from fauxdoo.mockserver.orm.environment import NewId
from fauxdoo.mockserver.orm.fields.base import Field
from fauxdoo.mockserver.orm.sql import SQL

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.recordset import Recordset

__all__ = ["Many2many", "Many2one", "One2many", "X2many"]


class _Relational(Field):
    is_relational = True

    def __init__(self, comodel_name: str | None = None, string: str | None = None, **attributes: Any) -> None:
        self.comodel_name: str = comodel_name or ""
        super().__init__(string, **attributes)
        if comodel_name:
            self._explicit["comodel_name"] = comodel_name

    def take_facts(self, facts: Mapping[str, Any]) -> None:
        self.comodel_name = facts.get("relation", "")

    def __get__(self, record: Any, owner: Any = None) -> Any:
        if record is None or len(record._ids) <= 1:
            return super().__get__(record, owner)
        return record.mapped(self.name)

    def default_value(self, model: Recordset) -> Any:
        """The default; where the catalogue names its reader, the current user."""
        value = super().default_value(model)
        return value if callable(self.default) else self._of_reader(value, model.env)

    def _of_reader(self, value: Any, env: Environment) -> Any:
        """The catalogue was read by the superuser in company 1: these stand for the current user and company."""
        mine = {"res.users": env.uid, "res.company": value and env.company.id}.get(self.comodel_name)
        if mine is None or not value:
            return value
        if isinstance(value, list):
            return [[code, mine if id == 1 else id, rest] for code, id, rest in value]
        return mine if value == 1 else value

    def comodel(self, env: Environment) -> Any:
        """The empty recordset of the target model."""
        return env[self.comodel_name]


class Many2one(_Relational):
    """A link to one record, its id in the column."""

    type = "many2one"
    column_type = "INTEGER"

    def __init__(self, comodel_name: str | None = None, string: str | None = None, **attributes: Any) -> None:
        self.ondelete: str | None = None
        self.check_company = False
        self.auto_join = False
        super().__init__(comodel_name, string, **attributes)

    def take_facts(self, facts: Mapping[str, Any]) -> None:
        super().take_facts(facts)
        self.ondelete = facts.get("ondelete")

    def to_cache(self, value: Any, record: Recordset) -> Any:
        if isinstance(value, bool) or value is None:
            return None
        if isinstance(value, (int, NewId)):
            return value if isinstance(value, NewId) else (value or None)
        if hasattr(value, "_ids"):
            if value._name != self.comodel_name or len(value._ids) > 1:
                raise ValueError(f"Wrong value for {self}: {value!r}")
            return value._ids[0] if value._ids else None
        return None  # a name, [id, name], a float: silently nothing (Odoo 19, recorded in field/)

    def to_column(self, value: Any) -> Any:
        return None if isinstance(value, NewId) else value

    def to_record(self, value: Any, record: Recordset) -> Any:
        comodel = self.comodel(record.env)
        if value is None:
            return comodel
        if len(record._prefetch_ids) <= 1 or isinstance(value, NewId):
            return comodel._spawn((value,))
        return type(comodel)(comodel.env, (value,), _Targets(self, record))

    def to_read(self, value: Any, record: Recordset) -> Any:
        if value is None:
            return False
        target = self.comodel(record.env).sudo().browse(value)
        return (value, target.display_name)

    def to_write(self, value: Any, record: Recordset) -> Any:
        return value or False

    def default_value(self, model: Recordset) -> Any:
        """The default, unless it names a record of the database the catalogue was read from that is not here."""
        value = super().default_value(model)
        if type(value) is int and not self.comodel(model.env).sudo().browse(value).exists():
            return None
        return value

    def describe(self, env: Environment) -> dict[str, Any]:
        return {**_target(self, env), "context": self.context, "domain": self.domain}


def _target(field: Field, env: Environment) -> dict[str, Any]:
    """The comodel, and whether `child_of` makes sense on it (Odoo's spelling)."""
    has_parent = False
    if field.comodel_name in env.registry:
        comodel = env.registry[field.comodel_name]
        has_parent = comodel._parent_name in comodel._fields
    return {"relation": field.comodel_name, "allow_hierachy_operators": has_parent}


class _Targets:
    """The ids a many2one of several records points at, gathered only when values are loaded for them."""

    __slots__ = ("_field", "_record")

    def __init__(self, field: Many2one, record: Recordset) -> None:
        self._field, self._record = field, record

    def __len__(self) -> int:
        return len(self._record._prefetch_ids)

    def __iter__(self) -> Iterator[Any]:
        bucket = self._record.env.bucket(self._field)
        found = (bucket.get(id) for id in self._record._prefetch_ids)
        return iter(dict.fromkeys(id for id in found if id is not None))


class X2many(_Relational):
    """What one2many and many2many share: a cached tuple of ids, changed by commands."""

    is_x2many = True
    empty = ()

    def to_cache(self, value: Any, record: Recordset) -> Any:
        """Ids after applying commands to the record's present value (used for records that are not saved)."""
        if hasattr(value, "_ids"):
            return self.as_draft(value._ids, record)
        present = [] if value is False or value is None else list(self._present(record))
        comodel = self.comodel(record.env)
        for command, id, payload in parse(self, value):
            if command is Command.CREATE:
                present.append(comodel.new({**payload, **self._to_draft(record)}, ref=id)._ids[0])
            elif command is Command.UPDATE:
                self._update_draft(record, present, id, payload)
            elif command is Command.LINK:
                present += self.as_draft([id], record)
            elif command in (Command.DELETE, Command.UNLINK):
                present = [entry for entry in present if entry != id and getattr(entry, "origin", None) != id]
            else:
                present = list(self.as_draft(payload, record)) if command is Command.SET else []
        return tuple(dict.fromkeys(present))

    def _update_draft(self, record: Recordset, present: list[Any], id: Any, payload: Mapping[str, Any]) -> None:
        """Change the line in memory that stands for a saved one, which is made where there is none yet."""
        comodel = self.comodel(record.env)
        for position, entry in enumerate(present):
            if id in (entry, getattr(entry, "origin", None)):
                if not isinstance(entry, NewId):
                    present[position] = comodel.new(self._to_draft(record), origin=entry)._ids[0]
                comodel.browse(present[position])._set_draft(payload, validate=True)
                return

    def _to_draft(self, record: Recordset) -> dict[str, Any]:
        """What ties a line in memory to its parent in memory."""
        return {}

    def as_draft(self, ids: Iterable[Any], record: Recordset) -> tuple[Any, ...]:
        """Ids as the cache of this record has them."""
        return tuple(dict.fromkeys(ids))

    def cached(self, record: Recordset) -> Any:
        """The ids; the error of a comodel the user may not read names the field (recorded in access/)."""
        try:
            return super().cached(record)
        except AccessError as error:
            raise AccessError(f"Failed to read field {self!r}\n{error}") from error

    def _present(self, record: Recordset) -> tuple[Any, ...]:
        if record._ids and isinstance(record._ids[0], NewId) and record._ids[0].origin is not None:
            known: tuple[Any, ...] = self.cached(record)
            return known
        ids: tuple[Any, ...] = self.bucket(record).get(record._ids[0], ()) if record._ids else ()
        return ids

    def to_record(self, value: Any, record: Recordset) -> Any:
        return self.comodel(record.env)._spawn(value, value)

    def to_read(self, value: Any, record: Recordset) -> Any:
        return [id.origin or 0 if isinstance(id, NewId) else id for id in value]

    def to_write(self, value: Any, record: Recordset) -> Any:
        return [Command.set(self.to_read(value, record))]

    def assign(self, record: Recordset, value: Any) -> None:
        """Set a computed value; links of a stored field go to the database at once."""
        id = record._ids[0]
        bucket = self.bucket(record)
        if self.store and not isinstance(id, NewId) and isinstance(value, (list, tuple)):
            self.write_commands(record, value)
            record._assigned(self)
            return
        ids = self.to_cache(value, record)
        if isinstance(id, NewId):
            bucket[id] = ids
            record._new_value_set(self)
        elif self.store:
            if set(self.cached_without_compute(record)) != set(ids):
                self.write_commands(record, [Command.set(ids)])
                record._assigned(self)
            bucket[id] = ids
        else:
            bucket[id] = ids

    def cached_without_compute(self, record: Recordset) -> tuple[Any, ...]:
        """The stored links, whether or not a recomputation is pending."""
        bucket = record.env.bucket(self)
        if record._ids[0] not in bucket:
            self.load(record.browse(record._ids[0]))
        ids: tuple[Any, ...] = bucket.get(record._ids[0], ())
        return ids

    def load(self, records: Recordset) -> None:
        """Put the ids of saved records into the cache."""
        raise NotImplementedError

    def write_commands(self, records: Recordset, value: Any, creating: bool = False) -> None:
        """Carry out commands on saved records."""
        raise NotImplementedError

    def _active_test(self, env: Environment) -> bool:
        return bool(self.context.get("active_test", env.context.get("active_test", True)))

    def _lines(self, env: Environment) -> Any:
        """The comodel in the context the field's lines are searched in."""
        context = {**env.context, **self.context} if self.context else env.context
        return env(context=context)[self.comodel_name]

    def describe(self, env: Environment) -> dict[str, Any]:
        return {**_target(self, env), "context": self.context, "domain": self.domain}


class One2many(X2many):
    """The records whose `inverse_name` points here."""

    type = "one2many"

    def __init__(
        self,
        comodel_name: str | None = None,
        inverse_name: str | None = None,
        string: str | None = None,
        **attributes: Any,
    ) -> None:
        self.inverse_name = inverse_name or ""
        super().__init__(comodel_name, string, **attributes)
        if inverse_name:
            self._explicit["inverse_name"] = inverse_name

    def take_facts(self, facts: Mapping[str, Any]) -> None:
        super().take_facts(facts)
        self.inverse_name = facts.get("inverse", "")

    def describe(self, env: Environment) -> dict[str, Any]:
        return {**super().describe(env), "relation_field": self.inverse_name}

    def _to_draft(self, record: Recordset) -> dict[str, Any]:
        inverse = self._inverse(record.env)
        if inverse is None or inverse.type != "many2one" or not any(isinstance(id, NewId) for id in record._ids):
            return {}
        return {self.inverse_name: record._ids[0]}

    def as_draft(self, ids: Iterable[Any], record: Recordset) -> tuple[Any, ...]:
        """Lines of a record in memory are in memory too."""
        parent = self._to_draft(record)
        if not parent:
            return super().as_draft(ids, record)
        comodel = self.comodel(record.env)
        present = self.bucket(record).get(record._ids[0], ())
        known = {entry.origin: entry for entry in present if isinstance(entry, NewId) and entry.origin}
        for id in ids:
            if not isinstance(id, NewId) and id not in known:
                known[id] = comodel.new(parent, origin=id)._ids[0]
        return tuple(dict.fromkeys(id if isinstance(id, NewId) else known[id] for id in ids))

    def _inverse(self, env: Environment) -> Field | None:
        return env.registry[self.comodel_name]._fields.get(self.inverse_name)

    def _link_domain(self, env: Environment, ids: Sequence[Any], model: str) -> list[Any]:
        domain: list[Any] = [
            (self.inverse_name, "in", list(ids)),
            *(self.domain if isinstance(self.domain, list) else []),
        ]
        inverse = self._inverse(env)
        if inverse is not None and inverse.type == "many2one_reference":
            domain.append((inverse.model_field or "res_model", "=", model))
        return domain

    def load(self, records: Recordset) -> None:
        bucket = records.env.bucket(self)
        found: dict[Any, list[int]] = {id: [] for id in records._ids}
        inverse = self._inverse(records.env)
        if inverse is not None and inverse.is_column:
            lines = self._lines(records.env)
            domain = self._link_domain(records.env, records._ids, records._name)
            for line, parent in lines._search_pairs(domain, self.inverse_name):
                if parent in found:
                    found[parent].append(line)
        for id, lines_ids in found.items():
            bucket[id] = tuple(lines_ids)

    def write_commands(self, records: Recordset, value: Any, creating: bool = False) -> None:
        commands = parse(self, value)
        if not commands or (not self.store and not self.inverse_name):
            return
        _One2manyWriter(self, records, creating).run(commands)


class _One2manyWriter:
    """Commands on the lines of several parents: creations and links wait, so that a later clear spares them."""

    def __init__(self, field: One2many, records: Recordset, creating: bool) -> None:
        self.field, self.records = field, records
        context = {key: value for key, value in records.env.context.items() if not key.startswith("default_")}
        self.lines = records.with_context({**context, **field.context}).env[field.comodel_name]
        self.inverse = field.inverse_name
        self.may_remove = not creating
        self.new: list[dict[str, Any]] = []
        self.links: dict[int, list[int]] = defaultdict(list)

    def run(self, commands: list[tuple[Command, Any, Any]]) -> None:
        for command, id, payload in commands:
            if command is Command.CREATE:
                self.new += [{**payload, **self._to_parent(parent)} for parent in self.records._ids]
                self.may_remove = False
            elif command is Command.UPDATE:
                self.lines.browse(id).write(payload)
            elif command is Command.DELETE:
                self.lines.browse(id).unlink()
            elif command is Command.UNLINK:
                self._release(self.lines.browse(id))
            elif command is Command.LINK:
                self.links[self.records._ids[-1]].append(id)
                self.may_remove = False
            else:
                self._replace(payload if command is Command.SET else [])
        self._flush()

    def _to_parent(self, parent: int) -> dict[str, Any]:
        values: dict[str, Any] = {self.inverse: parent}
        inverse = self.field._inverse(self.records.env)
        if inverse is not None and inverse.type == "many2one_reference":
            values[inverse.model_field or "res_model"] = self.records._name
        return values

    def _replace(self, ids: Iterable[int]) -> None:
        ids = list(ids)
        if self.may_remove:
            domain = self.field._link_domain(self.records.env, self.records._ids, self.records._name)
            self._release(self.lines.search([*domain, ("id", "not in", ids)]))
        if ids:
            self.links[self.records._ids[-1]] += ids

    def _release(self, lines: Recordset) -> None:
        if not lines:
            return
        inverse = self.field._inverse(self.records.env)
        if getattr(inverse, "ondelete", None) == "cascade":
            lines.unlink()
        else:
            lines.write({self.inverse: False})

    def _flush(self) -> None:
        if self.new:
            self.lines.create(self.new)
        for parent, ids in self.links.items():
            lines = self.lines.browse(list(dict.fromkeys(ids)))
            moved = lines.browse(line.id for line in lines if not self._hangs_on(line, parent))
            if moved:
                moved.write(self._to_parent(parent))

    def _hangs_on(self, line: Recordset, parent: int) -> bool:
        inverse = self.field._inverse(self.records.env)
        return inverse is not None and inverse.type == "many2one" and line[self.inverse].id == parent


class Many2many(X2many):
    """Links kept in the table `relation(column1, column2)`."""

    type = "many2many"

    def __init__(
        self,
        comodel_name: str | None = None,
        relation: str | None = None,
        column1: str | None = None,
        column2: str | None = None,
        string: str | None = None,
        **attributes: Any,
    ) -> None:
        self.relation, self.column1, self.column2 = relation or "", column1 or "", column2 or ""
        self.ondelete: str | None = None
        super().__init__(comodel_name, string, **attributes)

    def take_facts(self, facts: Mapping[str, Any]) -> None:
        super().take_facts(facts)
        self.relation = facts.get("table", "")
        self.column1, self.column2 = facts.get("column1", ""), facts.get("column2", "")

    def name_table(self, table: str, comodel_table: str) -> None:
        """Give the link table Odoo's default name where the declaration has none."""
        if self.store and not self.relation:
            self.relation = "{}_{}_rel".format(*sorted((table, comodel_table)))
            self.column1, self.column2 = f"{table}_id", f"{comodel_table}_id"

    def load(self, records: Recordset) -> None:
        found: dict[Any, list[int]] = {id: [] for id in records._ids}
        if self.relation:
            for parent, line in self._lines(records.env)._linked_pairs(self, records._ids):
                found[parent].append(line)
        bucket = records.env.bucket(self)
        for id, ids in found.items():
            bucket[id] = tuple(ids)

    def write_commands(self, records: Recordset, value: Any, creating: bool = False) -> None:
        commands = parse(self, value)
        if not commands:
            return
        comodel = records.env[self.comodel_name]
        present = {id: set() if creating else self._stored(records, id) for id in records._ids}
        wanted = {id: dict.fromkeys(sorted(ids)) for id, ids in present.items()}
        new: list[Mapping[str, Any]] = []
        linked: list[bool] = []
        for command, id, payload in commands:
            if command is Command.CREATE:
                new.append(payload)
                linked.append(True)
            elif command is Command.UPDATE:
                comodel.browse(id).write(payload)
            elif command is Command.DELETE:
                comodel.browse(id).unlink()
                for links in wanted.values():
                    links.pop(id, None)
                for ids in present.values():
                    ids.discard(id)
            elif command is Command.UNLINK:
                for links in wanted.values():
                    links.pop(id, None)
            elif command is Command.LINK:
                for links in wanted.values():
                    links[id] = None
            else:
                linked = [False] * len(new)
                for links in wanted.values():
                    kept = self._hidden(records, links)
                    links.clear()
                    links.update(dict.fromkeys([*kept, *(payload if command is Command.SET else [])]))
        if new:
            for line, keep in zip(comodel.create(new), linked, strict=True):
                for links in wanted.values():
                    if keep:
                        links[line.id] = None
        self._store_links(records, present, wanted)

    def _hidden(self, records: Recordset, links: Iterable[int]) -> list[int]:
        """Links to archived records, which set and clear leave in place."""
        lines = self._lines(records.env)
        ids = list(links)
        if not ids or not lines._active_name or not self._active_test(records.env):
            return []
        visible = set(lines.browse(ids).sudo().filtered(lines._active_name)._ids)
        return [id for id in ids if id not in visible]

    def _stored(self, records: Recordset, id: int) -> set[int]:
        records.env.registry.ensure(records.env, self.comodel_name)
        rows = records.env.cr.execute(
            SQL(
                "SELECT %s FROM %s WHERE %s = %s",
                SQL.identifier(self.column2),
                SQL.identifier(self.relation),
                SQL.identifier(self.column1),
                id,
            )
        )
        return {row[0] for row in rows}

    def _store_links(
        self, records: Recordset, present: Mapping[int, set[int]], wanted: Mapping[int, Mapping[int, None]]
    ) -> None:
        added = [(id, line) for id, links in wanted.items() for line in links if line not in present[id]]
        removed = [(id, line) for id, links in present.items() for line in links if line not in wanted[id]]
        if added:
            records._check_link_targets(self, {line for _id, line in added})
        table, one, two = (f'"{name}"' for name in (self.relation, self.column1, self.column2))
        if added:
            records.env.cr.executemany(f"INSERT OR IGNORE INTO {table} ({one}, {two}) VALUES (?, ?)", added)
        if removed:
            records.env.cr.executemany(f"DELETE FROM {table} WHERE {one} = ? AND {two} = ?", removed)
        if added or removed:
            records.env.transaction.forget_computed()
            records._links_changed(self, {line for _id, line in (*added, *removed)})
