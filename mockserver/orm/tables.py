"""The tables of a model: columns and indexes of its fields, and a table per many2many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fauxdoo.mockserver.orm.fields.base import Field
from fauxdoo.mockserver.orm.fields.many2many import Many2many
from fauxdoo.mockserver.stores.base import Column, Index, Kind, Table

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.registry import Registry

__all__ = ["kind_of", "model_tables"]

_KINDS: dict[str, Kind] = {
    "integer": "integer",
    "many2one": "integer",
    "many2one_reference": "integer",
    "boolean": "boolean",
    "float": "float",
    "monetary": "float",
    "date": "date",
    "datetime": "datetime",
    "binary": "binary",
    "json": "json",
    "properties": "json",
    "properties_definition": "json",
}


def kind_of(field: Field) -> Kind:
    """The kind of a field's values in a column."""
    return _KINDS.get(field.type, "text")


def model_tables(registry: Registry, name: str) -> list[Table]:
    """The tables a model needs, its own first; none for an abstract one."""
    cls = registry[name]
    if cls._abstract:
        return []
    columns = [Column("id", "integer"), *(Column(column, kind) for column, kind in cls._hidden_columns.items())]
    links: dict[str, Table] = {}
    for field in cls._fields.values():
        if field.is_column and field.name != "id":
            columns += _columns(field)
        elif isinstance(field, Many2many) and field.store and field.relation:
            links[field.relation] = _link_table(field)
    own = Table(cls._table, tuple(columns), tuple(_indexes(registry, name, {column.name for column in columns})))
    return [own, *(table for table in links.values() if registry.model_of_table(table.name) is None)]


def _columns(field: Field) -> list[Column]:
    if field.company_dependent:
        return [Column(field.name, "json")]
    columns = [Column(field.name, kind_of(field))]
    if field.translate:
        columns.append(Column(f"{field.name}__lang", "json"))
    return columns


def _indexes(registry: Registry, name: str, columns: set[str]) -> list[Index]:
    cls = registry[name]
    indexed = (field for field in cls._fields.values() if _is_indexed(field))
    wanted: set[tuple[str, ...]] = {(field.name,) for field in indexed if field.name in columns}
    wanted |= {unique for unique in cls._unique_columns() if columns.issuperset(unique)}
    ordered = cls._order.partition(",")[0].split()[:1]
    return [_index(cls._table, key, sparse=len(key) == 1 and list(key) != ordered) for key in sorted(wanted)]


def _is_indexed(field: Field) -> bool:
    """Whether records are looked for by the field: those that refer by model and id are the lines of what they name."""
    return (field.index or field.type == "many2one_reference") and not field.company_dependent


def _index(table: str, columns: tuple[str, ...], *, sparse: bool) -> Index:
    """An index; a `sparse` one leaves out unset values, which most rows have, but then cannot sort all of them."""
    name, quoted = f"{table}__{'_'.join(columns)}_index", tuple(f'"{column}"' for column in columns)
    return Index(name, quoted, where=f"{quoted[0]} IS NOT NULL" if sparse else None)


def _link_table(field: Many2many) -> Table:
    columns = (Column(field.column1, "integer"), Column(field.column2, "integer"))
    index = Index(f"{field.relation}__{field.column2}_index", (f'"{field.column2}"',))
    return Table(field.relation, columns, (index,), key=(field.column1, field.column2))
