"""Searching: domains to ids, names to records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self

from fauxdoo.mockserver.errors import DatabaseError
from fauxdoo.mockserver.orm.domain import TRUE_DOMAIN, And, Domain, Or
from fauxdoo.mockserver.orm.fields.many2many import Many2many
from fauxdoo.mockserver.orm.loading import Loading
from fauxdoo.mockserver.orm.new_id import NewId
from fauxdoo.mockserver.orm.operators import NEGATIVE
from fauxdoo.mockserver.orm.sql import SQL, Query

__all__ = ["Searching"]

_WORD = re.compile(r"[a-z_]\w*")


class Searching(Loading):
    """Search methods, and what a search by name means."""

    __slots__ = ()

    _order: ClassVar[str] = "id"
    _rec_name: ClassVar[str | None] = None
    _rec_names_search: ClassVar[Sequence[str]] = ()
    _parent_name: ClassVar[str] = "parent_id"
    _active_name: ClassVar[str | None] = None

    def _search(
        self,
        domain: Any,
        offset: Any = 0,
        limit: Any = None,
        order: str | None = None,
        active_test: bool = True,
        operation: str = "read",
        sifted: bool = True,
    ) -> Query:
        """The query of a domain, restricted by rights, rules and, unless switched off, to active records.

        With `sifted=False` it finds what the model itself keeps from the user too: see `_sifted`.
        """
        from fauxdoo.mockserver.orm.compiler import search_query

        rules = None
        if not self.env.su:
            self.env.access.check(self, operation)
            rules = self.env.access.rule_domain(self, operation)
            if sifted and self._keeps_from_user():
                domain = self._without_kept(domain, operation)
        if self._abstract and self._table_query is None:
            raise DatabaseError(f'relation "{self._table}" does not exist\n', "psycopg2.errors.UndefinedTable")
        self._ensure_table()
        self._flush_asked(domain, rules, order)
        active = active_test and bool(self.env.context.get("active_test", True))
        return search_query(
            self, domain, offset=offset, limit=limit, order=order, active_test=active, access_domain=rules
        )

    def _without_kept(self, domain: Any, operation: str) -> Any:
        """The domain, less what the model itself keeps from the user."""
        found = self.sudo().search(domain).sudo(False)
        kept = found._kept_from_user(operation)
        return Domain([("id", "not in", kept.ids)]) & Domain(domain) if kept else domain

    def _sifted(self, pairs: list[tuple[int, Any]]) -> list[tuple[int, Any]]:
        """Pairs of (id, anything), less those of records that the model itself keeps from the user."""
        if self.env.su or not self._keeps_from_user():
            return pairs
        kept = {*self._spawn(dict.fromkeys(id for id, _ in pairs))._kept_from_user("read")._ids}
        return [pair for pair in pairs if pair[0] not in kept]

    def _flush_asked(self, domain: Any, rules: Any, order: str | None) -> None:
        """Write what the search may ask for; while values are being computed, no others than those."""
        transaction = self.env.transaction
        if not (transaction.computing and transaction.pending):
            return self.env.flush()
        names = _names_in([domain, rules, order or self._order, self._active_name])
        return self.env.flush(names, None if _reaches_out([domain, rules]) else {self._name, *self._inherits})

    def search(self, domain: Any, offset: Any = 0, limit: Any = None, order: str | None = None) -> Self:
        """The records a domain selects. Raises ValueError for unknown fields and operators."""
        query = self._search(domain, offset, limit, order)
        return self._spawn(row[0] for row in self.env.cr.execute(query.select()))

    def search_count(self, domain: Any, limit: Any = None) -> int:
        """How many records a domain selects, at most `limit`."""
        query = self._search(domain, limit=limit)
        query.order = None
        return int(self.env.cr.execute(query.count())[0][0])

    def _search_pairs(self, domain: Any, column_name: str, among: Iterable[int]) -> list[tuple[int, Any]]:
        """(id, value of a column) of the records a domain selects whose value is one of some ids, in the model's order.

        The ids are no part of the domain, which so is compiled once.
        """
        from fauxdoo.mockserver.orm.columns import column

        query = self._search(domain, order=self._order, sifted=False)
        value = column(self, query.alias, self._fields[column_name])
        query.where(self._among(value, among))
        return self._sifted([(row[0], row[1]) for row in self.env.cr.execute(query.select(query.id, value))])

    def _linked_pairs(self, field: Many2many, parents: Iterable[Any]) -> list[tuple[int, int]]:
        """(id of this model, parent) of the links of a many2many, in the model's order."""
        self.env.registry.ensure(self.env, field.model_name)
        domain = list(field.domain) if isinstance(field.domain, list) else []
        query = self._search(domain, order=self._order, sifted=False)
        links = query.new_alias(f"{self._table}__links")
        query.join(links, field.relation, SQL("%s = %s", SQL.identifier(links, field.column2), query.id))
        parent = SQL.identifier(links, field.column1)
        query.where(self._among(parent, parents))
        return self._sifted([(row[0], row[1]) for row in self.env.cr.execute(query.select(query.id, parent))])

    def _in_default_order(self, reverse: bool) -> Self:
        saved = self.with_context(active_test=False).sudo().search([("id", "in", self.ids)])
        ids = list(saved._ids)
        ids += [id for id in self._ids if id not in set(ids)]
        return self._spawn(reversed(ids) if reverse else ids)

    def exists(self) -> Self:
        """The records that are in the database, in the same order."""
        ids = [int(id) for id in dict.fromkeys(self._ids) if id]
        if not ids:
            return self._spawn(id for id in self._ids if isinstance(id, NewId))
        self._ensure_table()
        found = {row[0] for row in self._rows([], ids)}
        return self._spawn(id for id in self._ids if id in found or isinstance(id, NewId))

    def filtered_domain(self, domain: Any) -> Self:
        """The records among these that a domain selects, in the same order; those in memory by what they hold."""
        from fauxdoo.mockserver.orm.predicate import predicate

        saved = [id for id in self._ids if isinstance(id, int)]
        unbound = self.with_context(active_test=False).sudo()
        found = set(unbound.search(Domain("id", "in", saved) & domain)._ids) if saved else set()
        if len(saved) < len(self._ids):
            holds = predicate(unbound, domain)
            found.update(record._ids[0] for record in self if isinstance(record._ids[0], NewId) and holds(record))
        return self._spawn(id for id in self._ids if id in found)

    # ---------------------------------------------------------------- names

    def _search_display_name(self, operator: str, value: Any) -> Any:
        """The domain that stands for a condition on the display name: on any of the model's search fields."""
        names = list(self._rec_names_search) or ([self._rec_name] if self._rec_name else [])
        if not names:
            return [("id", operator, value)] if isinstance(value, int) else []
        joint = And if operator in NEGATIVE else Or
        return joint.of(Domain(*leaf) for name in names if (leaf := self._name_leaf(name, operator, value)))

    def _name_leaf(self, path: str, operator: str, value: Any) -> tuple[str, str, Any] | None:
        """The condition on one search field, with values of its type; None where a value cannot be of it."""
        model: Any = self
        for name in path.split("."):
            field = model._fields[name]
            model = self.env[field.comodel_name] if field.is_relational else None
        if field.is_relational:
            return f"{path}.display_name", operator, value
        if operator.endswith("like"):
            return path, operator, value
        if isinstance(value, tuple | list | set | frozenset):
            fitting = [each for each in value if _fits(field, each, self)]
            return path, operator, fitting
        return (path, operator, value) if _fits(field, value, self) else None

    def name_search(
        self, name: str = "", domain: Any = None, operator: str = "ilike", limit: Any = 100
    ) -> list[tuple[int, str]]:
        """(id, display name) of the records whose name matches."""
        named = Domain("display_name", operator, name)
        if not name and operator in ("ilike", "like"):
            named = TRUE_DOMAIN
        records = self.search(named & Domain(domain or []), limit=limit)
        return [(record.id, record.display_name) for record in records.sudo()]


def _fits(field: Any, value: Any, record: Any) -> bool:
    """Whether a field may have the value, or one that is made from it."""
    try:
        field.to_cache(value, record)
    except (ValueError, TypeError):
        return False
    return True


def _names_in(value: Any) -> set[str]:
    """The names of fields that a domain or an order may speak of."""
    if isinstance(value, str):
        return set(_WORD.findall(value))
    if isinstance(value, (list, tuple)):
        return set().union(*(_names_in(item) for item in value))
    return _names_in(str(value)) if hasattr(value, "__and__") else set()


def _reaches_out(value: Any) -> bool:
    """Whether a domain may speak of other models: it has paths or domains inside."""
    return bool(re.search(r"\w\.\w|'(not )?any!?'", repr(value)))
