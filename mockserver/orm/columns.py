"""What stands for a field in SQL: its column in the user's language and company, or a part of it."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver.orm import dates
from fauxdoo.mockserver.orm.sql import SQL, Query
from fauxdoo.mockserver.orm.tables import kind_of

__all__ = ["column", "field_sql", "home", "part_sql", "readable"]

_LANGUAGE = "__lang"


def column(model: Any, alias: str, field: Any) -> SQL:
    """The value of a stored field: translated, or that of the current company with the default behind it."""
    if not field.is_column and field.name != "id":
        raise ValueError(f"Cannot convert {model._name}.{field.name} to SQL because it is not stored")
    value = SQL.identifier(alias, field.name)
    dialect = model.env.cr.dialect
    if field.company_dependent:
        value = SQL(dialect.json_get, value, dialect.json_key(str(model.env.company.id)))
        value = SQL(dialect.json_casts[kind_of(field)], value)
        default = model.env.company_default(field)
        return value if default is None or default is False else SQL("COALESCE(%s, %s)", value, default)
    if field.translate and (language := model.env.lang):
        texts = SQL.identifier(alias, field.name + _LANGUAGE)
        return SQL("COALESCE(%s, %s)", SQL(dialect.json_get, texts, dialect.json_key(language)), value)
    return value


def field_sql(model: Any, alias: str, query: Query, field: Any, rest: str = "") -> SQL:
    """The value of a field, also of an inherited one (joining), or of the part of it that `rest` names.

    Raises ValueError for what is not stored and for unknown parts, AccessError for a field the user may not see.
    """
    readable(model, field)
    model, alias, field = home(model, alias, query, field)
    if field.type == "properties" and not rest:
        raise ValueError(f"Missing property name for {model._name}.{field.name}")
    if field.type == "binary" and field.is_attached:
        raise ValueError(f"Cannot convert {model._name}.{field.name} to SQL because it is not stored")
    value = column(model, alias, field)
    if not rest:
        return value
    return part_sql(model, field, value, rest)


def part_sql(model: Any, field: Any, value: SQL, rest: str) -> SQL:
    """The part `rest` of a value: a property, or a number of a date in the time zone of the context.

    Raises ValueError where there is none.
    """
    dialect = model.env.cr.dialect
    if field.type == "properties":
        return SQL(dialect.json_get, value, dialect.json_key(rest))
    if field.type not in ("date", "datetime"):
        raise ValueError(f"Invalid field property {rest!r} on {model._name}.{field.name}")
    dates.check_part(rest)
    zone = dates.zone_name(model.env) if field.type == "datetime" else None
    return SQL(dialect.part, rest, value, zone)


def attachment(model: Any, alias: str, field: Any) -> SQL:
    """The id of the attachment that holds a binary field, NULL where it is not set."""
    model.env.registry.ensure(model.env, "ir.attachment")
    return SQL(
        "(SELECT id FROM ir_attachment WHERE res_model = %s AND res_field = %s AND res_id = %s)",
        model._name,
        field.name,
        SQL.identifier(alias, "id"),
    )


def home(model: Any, alias: str, query: Query, field: Any) -> tuple[Any, str, Any]:
    """Model, alias and field where the value of a field stands: for an inherited one the parent record, joined."""
    while field.inherited and not field.store:
        link, _dot, name = field.related.partition(".")
        parent = model.env[model._fields[link].comodel_name]
        column(model, alias, model._fields[link])
        parent.env.registry.ensure(parent.env, parent._name)
        model, alias, field = parent, query.left_join(alias, link, parent._table), parent._fields[name]
        readable(model, field)
    return model, alias, field


def readable(model: Any, field: Any) -> None:
    """Raise AccessError where the field's groups keep the user from it."""
    env = model.env
    if not env.su and field.groups and not env.access.field_allowed(model, field):
        raise env.access.field_denial(model, field, "read")
