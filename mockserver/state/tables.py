"""Rows and links of models as they stand in the tables, and the names of records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.orm.fields.many2many import Many2many
from fauxdoo.mockserver.orm.sql import SQL
from fauxdoo.mockserver.stores.base import FIRST_ID, Cursor, Table

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.registry import Registry

__all__ = ["Row", "base_id", "columns_of", "given_names", "link_fields", "links_of", "made_up", "models_in", "rows_of"]

_MADE_UP = "__export__"
"""Module of the xmlids that records get for the export, as in Odoo's own."""

Row = dict[str, Any]

_LEFT_OUT = frozenset({"ir.model.data", "res.users.apikeys", "res.users.log"})
"""Xmlids come along with their records; keys are secrets; when somebody logged in is nobody's state."""
_NO_STATE = frozenset({"id", "create_uid", "create_date", "write_uid", "write_date", "parent_path"})
_SECRETS = frozenset({("res.users", "password")})


def models_in(registry: Registry, present: frozenset[str]) -> list[str]:
    """The models whose records have a state, of those that have a table."""
    names = (name for name in registry.names if name not in _LEFT_OUT and not name.startswith("ir.model"))
    return [n for n in names if (cls := registry[n])._table in present and not (cls._abstract or cls._transient)]


def _table(registry: Registry, model: str) -> Table:
    return registry.tables(model)[0]


def columns_of(registry: Registry, model: str) -> list[str]:
    """The columns of a model that belong to its state."""
    names = (column.name for column in _table(registry, model).columns)
    return [name for name in names if name not in _NO_STATE and (model, name) not in _SECRETS]


def rows_of(cursor: Cursor, registry: Registry, model: str) -> dict[int, Row]:
    """The rows of a model by id."""
    names = columns_of(registry, model)
    columns = SQL(", ").join(SQL.identifier(name) for name in ["id", *names])
    found = cursor.execute(SQL("SELECT %s FROM %s ORDER BY id", columns, SQL.identifier(registry[model]._table)))
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in found}


def link_fields(registry: Registry, models: list[str]) -> Iterator[tuple[str, Many2many]]:
    """The many2many fields whose tables hold nothing but links, each table once."""
    seen: set[str] = set()
    for model in models:
        for field in registry[model]._fields.values():
            if not isinstance(field, Many2many) or not field.store or not field.relation or field.relation in seen:
                continue
            if registry.model_of_table(field.relation) is None and field.comodel_name in registry:
                seen.add(field.relation)
                yield model, field


def links_of(cursor: Cursor, field: Many2many) -> dict[int, list[int]]:
    """The linked ids by the id of the record that has the field."""
    first, second = SQL.identifier(field.column1), SQL.identifier(field.column2)
    table = SQL.identifier(field.relation)
    found: dict[int, list[int]] = {}
    for one, other in cursor.execute(SQL("SELECT %s, %s FROM %s ORDER BY %s, %s", first, second, table, first, second)):
        found.setdefault(one, []).append(other)
    return found


def given_names(cursor: Cursor) -> dict[tuple[str, int], str]:
    """The xmlids of records by model and id; of several the first."""
    statement = SQL("SELECT model, res_id, module, name FROM ir_model_data ORDER BY id DESC")
    return {(model, id): f"{module}.{name}" for model, id, module, name in cursor.execute(statement)}


def made_up(model: str, id: int) -> str:
    """An xmlid for a record that has none."""
    return f"{_MADE_UP}.{model.replace('.', '_')}_{id}"


def base_id(xmlid: str) -> int | None:
    """The id of a record of a fresh database without an xmlid, which is the same in all of them."""
    digits = xmlid.rpartition("_")[2]
    if xmlid.startswith(f"{_MADE_UP}.") and digits.isdigit() and int(digits) < FIRST_ID:
        return int(digits)
    return None
