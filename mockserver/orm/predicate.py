"""Domains asked of records in memory, which the database has not seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fauxdoo.mockserver.orm.columns import part_sql
from fauxdoo.mockserver.orm.conditions import value_sql
from fauxdoo.mockserver.orm.domain import And, Condition, Constant, Domain, Group, Not
from fauxdoo.mockserver.orm.operators import NEGATIVE
from fauxdoo.mockserver.orm.simplify import simplify
from fauxdoo.mockserver.orm.sql import SQL

__all__ = ["predicate"]


def predicate(model: Any, domain: Any) -> Callable[[Any], bool]:
    """A function that says of one record whether a domain selects it, as a search would once it is saved."""
    simple = simplify(Domain(domain), model)
    return lambda record: _holds(record, simple)


def _holds(record: Any, domain: Domain) -> bool:
    if isinstance(domain, Constant):
        return domain.value
    if isinstance(domain, Group):
        holds = (_holds(record, child) for child in domain.children)
        return all(holds) if isinstance(domain, And) else any(holds)
    if isinstance(domain, Not):
        return not _holds(record, domain.child)
    assert isinstance(domain, Condition)
    field, rest = domain.field_in(record)
    if field.is_relational:
        return _links_hold(record[field.name], domain)
    return _value_holds(record, field, rest, domain)


def _links_hold(targets: Any, leaf: Condition) -> bool:
    """Whether a record among the targets is in the set or the domain; False in a set stands for no target."""
    if isinstance(leaf.value, Domain):
        found = any(_holds(target, leaf.value) for target in targets)
    else:
        ids = {getattr(id, "origin", id) for id in targets._ids} or {False}
        found = any(id in leaf.value for id in ids)
    return found != (leaf.operator in NEGATIVE)


def _value_holds(record: Any, field: Any, rest: str, leaf: Condition) -> bool:
    """The database's answer to the condition, with the value in place of the column."""
    value = SQL("%s", field.to_column(field.to_cache(record[field.name], record)))
    expression = part_sql(record, field, value, rest) if rest else value
    question = value_sql(leaf, expression, field, rest, record.env)
    return bool(record.env.cr.execute(SQL("SELECT %s", question))[0][0])
