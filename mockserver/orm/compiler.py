"""From a domain to a query: the door to searching in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from fauxdoo.mockserver.errors import DatabaseError
from fauxdoo.mockserver.orm.columns import attachment, column, field_sql, home, readable
from fauxdoo.mockserver.orm.conditions import ids_sql, value_sql
from fauxdoo.mockserver.orm.domain import TRUE_DOMAIN, And, Condition, Constant, Domain, Group, Not
from fauxdoo.mockserver.orm.operators import ANY, NEGATIVE, ValueSet
from fauxdoo.mockserver.orm.ordering import order_by, ordered_fields
from fauxdoo.mockserver.orm.plans import Plans, is_plain, lasts, stays
from fauxdoo.mockserver.orm.simplify import simplify
from fauxdoo.mockserver.orm.sql import FALSE, SQL, TRUE, Query
from fauxdoo.mockserver.stores.base import Dialect

__all__ = ["access_condition", "search_query"]

_DEPTH = 10
"""Groups nested deeper than this move to the front of the statement: SQLite's parser has a small stack."""


def search_query(
    model: Any,
    domain: Any,
    *,
    offset: Any = 0,
    limit: Any = None,
    order: str | None = None,
    active_test: bool = True,
    access_domain: Any = None,
) -> Query:
    """The query of the records that `domain` (a list, Domain or bool) selects, in `order` or the model's own.

    `active_test` leaves out archived records unless the domain itself speaks of the active field. `access_domain` is
    what the record rules allow, read without access rights. Raises Odoo's errors for what it would not accept.
    """
    order = order or model._order
    plans: Plans[Query] = model.env.registry.searches
    asked = (model._name, domain, offset, limit, order, active_test)
    key = plans.key(*asked) if model.env.in_source_language else None
    if key is not None and (known := plans.find(key, access_domain)) is not None:
        return known.copy()
    given = _with_active(model, Domain(domain), active_test)
    query = Query(model)
    wanted = simplify(given, model)
    if wanted.is_false():
        query.where(FALSE)
        return query
    _language = model.env.lang  # an unknown one is refused, but after the domain's own errors (protocol/json2-language)
    query.where(_to_sql(model, query.alias, query, wanted, 0))
    if access_domain is not None:
        query.where(access_condition(model, query, access_domain))
    query.order = order_by(model, query.alias, query, order)
    query.limit = _row_count(limit, "LIMIT") if limit else None
    query.offset = _row_count(offset, "OFFSET") if offset else 0
    if key is not None and _is_plan(model, query, (given, wanted), order, access_domain):
        plans.keep(key, access_domain, query.copy())
    return query


def _is_plan(model: Any, query: Query, domains: Iterable[Domain], order: str, rules: Any) -> bool:
    """Whether the query would be made the same way again: by plain columns, and it stays."""
    if not stays(model, query, rules):
        return False
    return all(lasts(model, domain.conditions()) for domain in domains) and all(
        is_plain(model, name) and model._fields[name].type != "many2one" for name in ordered_fields(order)
    )


def access_condition(model: Any, query: Query, domain: Any) -> SQL:
    """What a rule's domain says of a query's rows, without rights; kept where only the rule can change it."""
    kept = model.env.access.compiled
    known = kept.get(id(domain))
    if known is not None and known[0] is domain:
        return cast(SQL, known[1])
    trusted, wanted, around = model.sudo(), Domain.internal(domain), query.surroundings
    sql = _to_sql(trusted, query.alias, query, simplify(wanted, trusted), 0)
    if query.surroundings == around and query.alias == model._table and _rule_lasts(model, wanted):
        kept[id(domain)] = (domain, sql)
    return sql


def _rule_lasts(model: Any, domain: Domain) -> bool:
    """Whether the SQL of a domain holds no ids that were looked up, but for those of companies."""
    for leaf in domain.conditions():
        if leaf.operator in ("child_of", "parent_of"):
            field = model._fields.get(leaf.field_expr)
            if field is None or field.comodel_name != "res.company":
                return False
        elif leaf.operator not in ("=", "!=", "in", "not in"):
            return False
    return True


def _with_active(model: Any, domain: Domain, active_test: bool) -> Domain:
    name = model._active_name
    if not (name and active_test) or any(leaf.field_expr == name for leaf in domain.conditions()):
        return domain
    return And.of((domain, Condition.of(name, "=", True)))


def _row_count(value: Any, clause: str) -> int:
    """LIMIT or OFFSET as PostgreSQL takes it: texts are cast, fractions rounded, negative numbers refused."""
    if isinstance(value, bool | list | tuple | dict):
        message = f"argument of {clause} must be type bigint, not type {type(value).__name__}\n"
        raise DatabaseError(message, "psycopg2.errors.DatatypeMismatch")
    try:
        number = int(value) if isinstance(value, str) else int(value + (0.5 if value > 0 else -0.5))
    except (ValueError, TypeError):
        message = f'invalid input syntax for type bigint: "{value}"\n'
        raise DatabaseError(message, "psycopg2.errors.InvalidTextRepresentation") from None
    if number < 0:
        kind = "Limit" if clause == "LIMIT" else "ResultOffset"
        name = f"psycopg2.errors.InvalidRowCountIn{kind}Clause"
        raise DatabaseError(f"{clause} must not be negative\n", name)
    return min(number, 2**63 - 1)


# The tree


def _to_sql(model: Any, alias: str, query: Query, domain: Domain, depth: int) -> SQL:
    if isinstance(domain, Condition):
        return _leaf(model, alias, query, domain, depth)
    if isinstance(domain, Constant):
        return TRUE if domain.value else FALSE
    if depth > _DEPTH:
        return _moved(model, alias, query, domain)
    if isinstance(domain, Group):
        operator = SQL.raw(" AND " if isinstance(domain, And) else " OR ")
        parts = [_in_group(model, alias, query, child, depth + 1) for child in domain.children]
        return _balanced(parts, operator)
    assert isinstance(domain, Not)
    return SQL("(%s) IS NOT TRUE", _to_sql(model, alias, query, domain.child, depth + 1))


def _in_group(model: Any, alias: str, query: Query, domain: Domain, depth: int) -> SQL:
    sql = _to_sql(model, alias, query, domain, depth)
    return sql if isinstance(domain, Condition) else SQL("(%s)", sql)


def _balanced(parts: list[SQL], operator: SQL) -> SQL:
    """The parts joined; many of them as a tree, which SQLite does not take for too deep an expression."""
    if len(parts) <= 100:
        return operator.join(parts)
    middle = len(parts) // 2
    halves = (_balanced(parts[:middle], operator), _balanced(parts[middle:], operator))
    return operator.join(SQL("(%s)", half) for half in halves)


def _moved(model: Any, alias: str, query: Query, domain: Domain) -> SQL:
    """The domain as a named subquery in front of the statement."""
    part = query.part(model)
    part.where(_to_sql(model, part.alias, part, domain, 0))
    return SQL("%s IN (SELECT * FROM %s)", SQL.identifier(alias, "id"), query.name_part(part.select()))


def _leaf(model: Any, alias: str, query: Query, leaf: Condition, depth: int) -> SQL:
    field, rest = leaf.field_in(model)
    if field.type in ("one2many", "many2many"):
        return _x2many(model, alias, query, field, leaf, depth)
    if leaf.operator in ANY:
        return _many2one(model, alias, query, field, leaf, depth)
    if field.type == "binary":
        readable(model, field)
        expression = attachment(model, alias, field) if field.is_attached else column(model, alias, field)
    else:
        expression = field_sql(model, alias, query, field, rest)
    if field.type != "properties":
        return value_sql(leaf, expression, field, rest, model.env)
    plain = value_sql(_of_property(leaf, model.env.cr.dialect), expression, field, rest, model.env)
    return _property_list(model, alias, query, leaf, plain)


def _property_list(model: Any, alias: str, query: Query, leaf: Condition, plain: SQL) -> SQL:
    """The condition on a property, where it may be a list: one value that is asked for may stand in it."""
    field, rest = leaf.field_in(model)
    values = [value for value in leaf.value if value is not False] if leaf.operator in ("in", "not in") else []
    if len(values) != 1 or values[0] is True:
        return plain
    dialect = model.env.cr.dialect
    member = dialect.json_item(values[0])
    has = SQL(dialect.json_has, column(*home(model, alias, query, field)), dialect.json_key(rest), member)
    return SQL("(%s OR %s)" if leaf.operator == "in" else "(%s AND NOT %s)", plain, has)


def _of_property(leaf: Condition, dialect: Dialect) -> Condition:
    """The condition with values as the engine has them of a member of JSON."""
    many = isinstance(leaf.value, ValueSet)
    value = ValueSet(map(dialect.json_plain, leaf.value)) if many else dialect.json_plain(leaf.value)
    return Condition.of(leaf.field_expr, leaf.operator, value)


# Relations


def _many2one(model: Any, alias: str, query: Query, field: Any, leaf: Condition, depth: int) -> SQL:
    """A link to a record of a domain, archived or not; `not any` takes in unset links."""
    link = field_sql(model, alias, query, field)
    comodel = model.env[field.comodel_name].with_context(active_test=False)
    found = _subquery(comodel, query, leaf.value, depth, trusted=leaf.operator.endswith("!"))
    if found is None:
        return SQL("%s IS NULL" if leaf.operator in NEGATIVE else "%s IS NOT NULL", link)
    if leaf.operator in NEGATIVE:
        return SQL("(%s NOT IN %s OR %s IS NULL)", link, found, link)
    return SQL("%s IN %s", link, found)


def _x2many(model: Any, alias: str, query: Query, field: Any, leaf: Condition, depth: int) -> SQL:
    """Records with (or without) a line that is in a set or a domain."""
    readable(model, field)
    if not field.store:
        raise ValueError(f"Cannot convert {model._name}.{field.name} to SQL because it is not stored")
    own, negative = SQL.identifier(alias, "id"), leaf.operator in NEGATIVE
    if isinstance(leaf.value, Domain):
        comodel = model.env[field.comodel_name].with_context(**(field.context or {}))
        lines = _lines(comodel, query, field, model, leaf.value, depth, trusted=leaf.operator.endswith("!"))
        return SQL("%s NOT IN %s" if negative else "%s IN %s", own, lines)
    if leaf.operator not in ("in", "not in"):
        leaf.refuse("Invalid operator")
    comodel = model.env[field.comodel_name].sudo().with_context(active_test=False)
    parts = [
        SQL(
            "%s IN %s" if among else "%s NOT IN %s",
            own,
            _lines(comodel, query, field, model, lines, depth, trusted=True),
        )
        for lines, among in _line_sets(leaf.value, negative)
    ]
    joined = SQL(" AND " if negative else " OR ").join(parts)
    return SQL("(%s)", joined) if len(parts) > 1 else joined


def _line_sets(values: ValueSet, negative: bool) -> Iterator[tuple[Domain, bool]]:
    """The lines of a set and whether to be among those with one; False (and 0: domain/m2m-falsy) is having none."""
    ids = ValueSet(value for value in values if value != 0)
    if ids:
        yield Condition.of("id", "in", ids), not negative
    if len(ids) < len(values):
        yield TRUE_DOMAIN, negative


def _lines(comodel: Any, query: Query, field: Any, model: Any, domain: Domain, depth: int, *, trusted: bool) -> SQL:
    """The subquery of the ids whose lines are among those of a domain and of the field's own domain."""
    restriction = _own_domain(field, model)
    if restriction is not None:
        domain = And.of((domain, simplify(restriction, comodel)))
    if field.type == "many2many":
        return _links(comodel, query, field, model, domain, depth, trusted)
    comodel.env.registry.ensure(comodel.env, comodel._name)
    inverse = comodel._fields[field.inverse_name]
    if inverse.type == "many2one_reference":
        domain = And.of((domain, simplify(_reference_model(inverse, model), comodel)))
    found = _select(comodel, query, domain, depth, trusted)
    target = column(comodel, found.alias, inverse)
    found.where(SQL("%s IS NOT NULL", target))
    return _nested(query, found.select(target), depth)


def _links(comodel: Any, query: Query, field: Any, model: Any, domain: Domain, depth: int, trusted: bool) -> SQL:
    model.env.registry.ensure(model.env, model._name)
    comodel.env.registry.ensure(comodel.env, comodel._name)
    one, two = SQL.identifier(field.column1), SQL.identifier(field.column2)
    if isinstance(domain, Condition) and domain.field_expr == "id" and domain.operator == "in" and trusted:
        chosen = ids_sql(two, domain.value, model.env.cr.dialect)
    else:
        found = _subquery(comodel, query, domain, depth, trusted=trusted)
        chosen = TRUE if found is None else SQL("%s IN %s", two, found)
    return SQL("(SELECT %s FROM %s WHERE %s)", one, SQL.identifier(field.relation), chosen)


def _own_domain(field: Any, model: Any) -> Domain | None:
    own = field.domain(model) if callable(field.domain) else field.domain
    return Domain(own) if own and not isinstance(own, str) else None


def _reference_model(inverse: Any, model: Any) -> Domain:
    """Lines that refer by model and id: those of this model."""
    return Condition.of(inverse.model_field or "res_model", "=", model._name)


def _subquery(comodel: Any, query: Query, domain: Domain, depth: int, *, trusted: bool) -> SQL | None:
    """The ids of a simplified domain, None where they are all there are."""
    found = _select(comodel, query, domain, depth, trusted)
    return _nested(query, found.select(), depth) if found.conditions or found.joins else None


def _select(comodel: Any, query: Query, domain: Domain, depth: int, trusted: bool) -> Query:
    """The query of a simplified domain within another; unless `trusted` with the rights and rules of the user."""
    env = comodel.env
    rules = None
    if not (trusted or env.su):
        env.access.check(comodel, "read")
        rules = env.access.rule_domain(comodel, "read")
    env.registry.ensure(env, comodel._name)
    domain = simplify(_with_active(comodel, domain, bool(env.context.get("active_test", True))), comodel)
    found = query.part(comodel)
    found.where(_to_sql(comodel, found.alias, found, domain, depth + 3))
    if rules is not None:
        unbound = comodel.sudo()
        found.where(_to_sql(unbound, found.alias, found, simplify(Domain.internal(rules), unbound), depth + 3))
    return found


def _nested(query: Query, statement: SQL, depth: int) -> SQL:
    """A subquery in its place, or deep down in front of the whole statement."""
    if depth < _DEPTH // 2:
        return SQL("(%s)", statement)
    return SQL("(SELECT * FROM %s)", query.name_part(statement))
