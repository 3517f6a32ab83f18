"""`child_of` and `parent_of`: the records below or above others, found by one recursive query."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver.orm.domain import FALSE_DOMAIN, Condition, Domain, Or
from fauxdoo.mockserver.orm.operators import ValueSet
from fauxdoo.mockserver.orm.sql import SQL

__all__ = ["hierarchy"]


def hierarchy(condition: Condition, model: Any, field: Any) -> Domain:
    """The condition as a set of ids.

    The hierarchy is the comodel's `_parent_name`; on the same model it is the field of the condition, and with a
    many2one the ids are those of the records themselves: `(parent_id, child_of, x)` is `(id, child_of, x)`.
    """
    if condition.value is False:
        return FALSE_DOMAIN
    comodel = _comodel(condition, model, field)
    parent, target = comodel._parent_name, field.name
    if comodel._name == model._name:
        parent = parent if target == "id" else condition.field_expr
        target = "id" if field.type == "many2one" else target
    start = _start(condition, comodel, field)
    if not start:
        return FALSE_DOMAIN
    found = ValueSet(_closure(comodel, start, parent, up=condition.operator == "parent_of"))
    if not found:
        return FALSE_DOMAIN
    if field.type in ("one2many", "many2many") and getattr(comodel, "_parent_store", False) and target != "id":
        return Condition.of(target, "any!", Condition.of("id", "in", found))
    return Condition.of(target, "in", found)


def _comodel(condition: Condition, model: Any, field: Any) -> Any:
    if field.name == "id":
        return model
    if field.type == "many2one":
        return model.env[field.comodel_name].with_context(active_test=False)
    if not field.is_x2many:
        condition.refuse(
            f"Cannot execute {condition.operator} for {model._name}.{field.name}, works only for relational fields"
        )
    return model.env[field.comodel_name].with_context(**field.context)


def _start(condition: Condition, comodel: Any, field: Any) -> list[int]:
    """The ids to begin with: those given, and those whose display name contains a given text."""
    value = condition.value
    if isinstance(value, int | str):
        value = [value]
    elif not isinstance(value, list | tuple | set | frozenset):
        condition.refuse(f"Value of type {type(value)} is not supported")
    ids = [v for v in value if isinstance(v, int)]
    domain = Or.of(Condition.of("display_name", "ilike", v) for v in value if not isinstance(v, int))
    if field.type == "many2many" and ids:
        domain, ids = domain | Condition.of("id", "in", ValueSet(ids)), []
    return ids if domain.is_false() else [*ids, *comodel.search(domain, order="id").ids]


def _closure(comodel: Any, start: list[int], parent: str, *, up: bool) -> list[int]:
    """The ids of `start` and of all that hang below (or stand above) them."""
    if parent not in comodel._fields:
        Condition.of(parent, "in", start).refuse(f"Invalid field {comodel._name}.{parent}")
    edges = _edges(comodel, comodel._fields[parent])
    if edges is None:
        return _walk(comodel.sudo().with_context(active_test=False), start, parent, up=up)
    table, child, above = edges
    near, far = (child, above) if up else (above, child)
    env, dialect = comodel.env, comodel.env.cr.dialect
    env.registry.ensure(env, comodel._name)
    statement = SQL(
        'WITH RECURSIVE "tree" ("id") AS (SELECT "id" FROM %s WHERE %s '
        'UNION SELECT %s FROM %s JOIN "tree" ON %s = "tree"."id" WHERE %s IS NOT NULL) SELECT "id" FROM "tree"',
        SQL.identifier(comodel._table),
        SQL(dialect.member, SQL.identifier("id"), dialect.members(start)),
        SQL.identifier(table, far),
        SQL.identifier(table),
        SQL.identifier(table, near),
        SQL.identifier(table, far),
    )
    return [row[0] for row in env.cr.execute(statement)]


def _edges(comodel: Any, field: Any) -> tuple[str, str, str] | None:
    """Table, column of the record and column of its parent, where a field that leads to the parents has columns."""
    if field.type == "many2many":
        return (field.relation, field.column1, field.column2) if field.store and field.relation else None
    if field.type == "one2many":
        inverse = comodel._fields.get(field.inverse_name)
        return (comodel._table, field.inverse_name, "id") if inverse is not None and inverse.is_column else None
    return (comodel._table, "id", field.name) if field.is_column else None


def _walk(comodel: Any, start: list[int], parent: str, *, up: bool) -> list[int]:
    """The same for a parent that stands elsewhere, with a search for each level."""
    found: dict[int, None] = {}
    level = comodel.browse(start).exists()
    while level:
        found.update(dict.fromkeys(level.ids))
        near = level.mapped(parent) if up else comodel.search([(parent, "in", level.ids)])
        level = near.filtered(lambda record: record.id not in found)
    return list(found)
