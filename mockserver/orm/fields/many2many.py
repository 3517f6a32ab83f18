"""The many2many: links in a table of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.orm.commands import Command, parse
from fauxdoo.mockserver.orm.fields.x2many import X2many
from fauxdoo.mockserver.orm.sql import SQL

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.recordset import Recordset

__all__ = ["Many2many"]


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

    def other_side(self, env: Environment) -> list[Many2many]:
        """The fields of the other model that hold the same links."""
        fields = env.registry[self.comodel_name]._fields.values()
        return [f for f in fields if isinstance(f, Many2many) and f.relation == self.relation and f is not self]

    def load(self, records: Recordset) -> None:
        found: dict[Any, list[int]] = {id: [] for id in records._ids}
        if self.relation:
            for line, parent in self._lines(records.env)._linked_pairs(self, records._ids):
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
            text = f"INSERT INTO {table} ({one}, {two}) VALUES (?, ?) ON CONFLICT DO NOTHING"
            records.env.cr.executemany(text, added)
        if removed:
            records.env.cr.executemany(f"DELETE FROM {table} WHERE {one} = ? AND {two} = ?", removed)
        if added or removed:
            records.env.transaction.forget_computed()
            records._links_changed(self, {line for _id, line in (*added, *removed)})
