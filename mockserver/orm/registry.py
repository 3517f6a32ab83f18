"""The models of one fake Odoo: catalogue facts and behaviour classes, put together when first needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from fauxdoo.contracts import Catalogue
from fauxdoo.mockserver.orm.fields.base import Field
from fauxdoo.mockserver.orm.fields.relational import Many2many, One2many
from fauxdoo.mockserver.orm.model import BaseModel, Definition, definitions
from fauxdoo.mockserver.orm.triggers import Triggers
from fauxdoo.mockserver.stores.base import Table

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment

__all__ = ["Registry"]

_BEHAVIOUR = "fauxdoo.mockserver.models"


class Registry:
    """Model classes by name. Immutable facts are shared; a registry belongs to one `FakeOdoo`."""

    def __init__(self, catalogue: Catalogue, extensions: Iterable[str] = ()) -> None:
        self.catalogue = catalogue
        self._definitions: dict[str, list[type[BaseModel]]] = defaultdict(list)
        self._new: dict[str, type[BaseModel]] = {}
        for definition in definitions((_BEHAVIOUR, *extensions)):
            self._register(definition)
        self._classes: dict[str, type[BaseModel]] = {}
        self._names = set(catalogue.names) | set(self._new)
        self.triggers = Triggers(self)

    def _register(self, definition: Definition) -> None:
        cls = definition.cls
        for name in definition.names:
            self._definitions[name].append(cls)
        if definition.is_new and definition.names[0] not in self.catalogue.index:
            name = definition.names[0]
            if name in self._new:
                raise TypeError(f"model {name!r} is defined twice: by {self._new[name]!r} and {cls!r}")
            self._new[name] = cls

    @property
    def names(self) -> list[str]:
        """All model names, sorted."""
        return sorted(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __getitem__(self, name: str) -> type[BaseModel]:
        """The class of a model; raises KeyError for an unknown one."""
        try:
            return self._classes[name]
        except KeyError:
            if name not in self._names:
                raise
        cls = self._classes[name] = self._build(name)
        return cls

    def facts(self, name: str) -> Mapping[str, Any]:
        """The catalogue's entry of a model, empty for one that only a class defines."""
        return self.catalogue.model(name) if name in self.catalogue.index else {}

    def behaviours(self, name: str) -> list[type[BaseModel]]:
        """The behaviour classes of a model, mixins' first, in the order they wrap each other."""
        mixins = self.catalogue.index[name]["mixins"] if name in self.catalogue.index else []
        inherited = [mixin for cls in self._definitions[name] for mixin in cls._mixins if mixin != name]
        names = ["base", *dict.fromkeys([*mixins, *inherited]), name]
        return list(dict.fromkeys(cls for each in names for cls in self._definitions.get(each, ())))

    def behaving(self) -> list[str]:
        """Names of the models that have behaviour classes of their own or of a mixin."""
        own = {name for name in self._definitions if name != "base"}
        index = self.catalogue.index
        return [name for name in self.names if name in own or (name in index and own.intersection(index[name]["mixins"]))]

    def _build(self, name: str) -> type[BaseModel]:
        bases = tuple(reversed(self.behaviours(name)))
        cls: type[BaseModel] = type(name, (*bases, BaseModel), {"_name": name, "_built": True})
        facts = self.facts(name)
        cls._setup(self, facts)
        for mixin in {m for b in bases for m in b._mixins if m != name}:
            if mixin in self._names and mixin not in self.catalogue.index:
                cls._take_fields(self[mixin]._fields)
        cls._take_declared(bases)
        cls._finish(self)
        return cls

    # ---------------------------------------------------------------- tables

    def tables(self, name: str) -> list[Table]:
        """The tables a model needs: its own and those of its many2many fields."""
        cls = self[name]
        if cls._abstract:
            return []
        columns: dict[str, str] = {}
        indexes: list[tuple[str, ...]] = []
        links: dict[str, Table] = {}
        for field in cls._fields.values():
            if field.is_column and field.name != "id":
                columns[field.name] = "TEXT" if field.company_dependent else str(field.column_type)
                if field.translate:
                    columns[f"{field.name}__lang"] = "TEXT"
                if field.index or field.type == "many2one" and field.name not in ("create_uid", "write_uid"):
                    indexes.append((field.name,))
            elif isinstance(field, Many2many) and field.store and field.relation:
                links[field.relation] = _link_table(field)
        uniques = [columns_of for columns_of in cls._unique_columns() if set(columns_of) <= set(columns)]
        own = Table(cls._table, columns, indexes=indexes, uniques=uniques)
        return [own, *(table for table in links.values() if not self._is_model_table(table.name))]

    def _is_model_table(self, table: str) -> bool:
        return any(facts["table"] == table for facts in self.catalogue.index.values() if not facts.get("abstract"))

    def rows(self, name: str) -> dict[str, list[dict[str, Any]]]:
        """The base records of a model, by table, as columns."""
        from fauxdoo.mockserver.orm.basedata import rows

        return rows(self, name)

    def ensure(self, env: Environment, name: str) -> None:
        """Make sure the tables of a model exist, with their base records."""
        env.transaction.ensure(name)

    # ---------------------------------------------------------------- xmlids

    def xmlid(self, env: Environment, xmlid: str) -> tuple[str | None, int | None]:
        """(model, id) an xmlid stands for: a base record's, or one of table ir_model_data."""
        found = self.catalogue.xmlids.get(xmlid)
        if found:
            return found[0], found[1]
        module, _, name = xmlid.partition(".")
        data = env["ir.model.data"].sudo()
        record = data.search([("module", "=", module), ("name", "=", name)], limit=1)
        return (record.model, record.res_id) if record else (None, None)

    def inverse_one2many(self, model: str, field: str) -> list[One2many]:
        """The one2many fields, on models built so far, that show a many2one from the other side."""
        return [
            candidate
            for cls in self._classes.values()
            for candidate in cls._fields.values()
            if isinstance(candidate, One2many) and (candidate.comodel_name, candidate.inverse_name) == (model, field)
        ]


def _link_table(field: Many2many) -> Table:
    columns = {field.column1: "INTEGER", field.column2: "INTEGER"}
    return Table(field.relation, columns, key=(field.column1, field.column2), indexes=[(field.column2,)])


def method_named(cls: type, marker: str, field: str) -> str | None:
    """The name of the method of a class that carries a marker for a field."""
    names = (name for name in dir(cls) if field in getattr(getattr(cls, name, None), marker, ()))
    return next(names, None)


Predicate = Callable[[str], bool]
