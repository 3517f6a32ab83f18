"""The models of one fake Odoo: catalogue facts and behaviour classes, put together when first needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from typing import TYPE_CHECKING, Any

from fauxdoo.contracts import Catalogue
from fauxdoo.mockserver.orm.apps import module_of
from fauxdoo.mockserver.orm.basedata import link_rows, model_rows
from fauxdoo.mockserver.orm.custom import Custom
from fauxdoo.mockserver.orm.fields.many2many import Many2many
from fauxdoo.mockserver.orm.model import BaseModel, Definition, definitions
from fauxdoo.mockserver.orm.outbox import OutboxListener
from fauxdoo.mockserver.orm.plans import Plans
from fauxdoo.mockserver.orm.sql import SQL, Query
from fauxdoo.mockserver.orm.tables import model_tables
from fauxdoo.mockserver.orm.triggers import Triggers
from fauxdoo.mockserver.stores.base import Table

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment

__all__ = ["Registry"]

_BEHAVIOUR = "fauxdoo.mockserver.models"


class Registry:
    """Model classes by name. Immutable facts are shared; a registry belongs to one `FakeOdoo`."""

    def __init__(self, catalogue: Catalogue, extensions: Iterable[str] = (), without: Iterable[str] = ()) -> None:
        """The behaviour packages `without` (such as `webhook`) are left out."""
        self.catalogue = catalogue
        self._left_out = tuple(f"{_BEHAVIOUR}.{name}." for name in without)
        self.outbox = OutboxListener()
        self._definitions: dict[str, list[type[BaseModel]]] = defaultdict(list)
        self._new: dict[str, type[BaseModel]] = {}
        for definition in definitions((_BEHAVIOUR, *extensions)):
            if self._is_installed(definition.cls):
                self._register(definition)
        self._classes: dict[str, type[BaseModel]] = {}
        self._tables: dict[str, list[Table]] = {}
        self._links: dict[str, list[str]] = {}
        self.complete_in: dict[str, Set[str]] = {}
        """By model, a set of tables (this very object) among which are all that it needs."""
        self._by_table: dict[str, str] | None = None
        self._names = set(catalogue.names) | set(self._new)
        self.triggers = Triggers(self)
        self.searches: Plans[Query] = Plans()
        self.fetches: Plans[SQL] = Plans()
        """Statements that read columns of records by their ids, which are the first parameter."""
        self.custom = Custom(self)
        self.users_version = 0
        """Goes up when a user, a password or a key changes, for those who remember who is who."""
        self.signatures: dict[tuple[str, str], Any] = {}
        """Public methods that were asked for, by model and name (see `mockserver.signatures`)."""

    def _is_installed(self, cls: type[BaseModel]) -> bool:
        """Whether the module a behaviour class belongs to is there; those of extensions always are."""
        if cls.__module__.startswith(self._left_out):
            return False
        path = cls.__module__.removeprefix(f"{_BEHAVIOUR}.")
        if path == cls.__module__:
            return True
        facts = self.catalogue.modules.get(module_of(path))
        return facts is None or facts["state"] == "installed"

    def _register(self, definition: Definition) -> None:
        for name in definition.names:
            self._definitions[name].append(definition.cls)
        if definition.is_new and definition.names[0] not in self.catalogue:
            name = definition.names[0]
            if name in self._new:
                raise TypeError(f"model {name!r} is defined twice: by {self._new[name]!r} and {definition.cls!r}")
            self._new[name] = definition.cls

    @property
    def names(self) -> list[str]:
        """All model names, sorted."""
        return sorted([*self._names, *self.custom.models])

    def __contains__(self, name: object) -> bool:
        return name in self._names or name in self.custom.models

    def __getitem__(self, name: str) -> type[BaseModel]:
        """The class of a model; raises KeyError for an unknown one."""
        try:
            return self._classes[name]
        except KeyError:
            if name not in self:
                raise
        cls = self._classes[name] = self._build(name)
        return cls

    def defined_by(self, name: str) -> type[BaseModel]:
        """The class that defines a model the catalogue does not know."""
        return self._new[name]

    def facts(self, name: str) -> Mapping[str, Any]:
        """The catalogue's entry of a model, empty for one that only a class defines."""
        return self.catalogue.model(name) if name in self.catalogue else self.custom.models.get(name, {})

    def rebuild(self, names: Iterable[str]) -> None:
        """Build models anew when next asked for: users have added or removed fields, or the models themselves."""
        heirs = [child for child, cls in self._classes.items() if set(cls._inherits) & set(names)]
        for name in [*names, *heirs]:
            self._classes.pop(name, None)
            self._tables.pop(name, None)
            self._links.pop(name, None)
            self.complete_in.pop(name, None)
        self.triggers.forget()
        self.searches.forget()
        self.fetches.forget()

    def _mixins(self, name: str) -> list[str]:
        of_catalogue = self.catalogue.index["models"][name]["mixins"] if name in self.catalogue else []
        return [*of_catalogue, *(mixin for cls in self._definitions.get(name, ()) for mixin in cls._mixins)]

    def behaviours(self, name: str) -> list[type[BaseModel]]:
        """The behaviour classes of a model in the order they wrap each other.

        Those for all come first, then the mixins', its own, and last those that say they are outermost.
        """
        names = ["base", *dict.fromkeys(mixin for mixin in self._mixins(name) if mixin != name), name]
        found = dict.fromkeys(cls for each in names for cls in self._definitions.get(each, ()))
        return sorted(found, key=lambda cls: cls._outermost)

    def behaving(self) -> list[str]:
        """Names of the models that have behaviour classes, of their own or of a mixin."""
        own = {name for name in self._definitions if name != "base"}
        return [name for name in self.names if name in own or own.intersection(self._mixins(name))]

    def _build(self, name: str) -> type[BaseModel]:
        bases = tuple(reversed(self.behaviours(name)))
        cls: type[BaseModel] = type(name, (*bases, BaseModel), {"_name": name, "_built": True})
        cls._setup(self, self.facts(name))
        for mixin in self._mixins(name):
            if mixin in self._new or name in self._new:  # others have them among their own facts
                cls._take_fields(self[mixin]._fields)
        cls._take_declared(bases)
        cls._take_custom(self.custom.fields)
        cls._finish(self)
        return cls

    # ---------------------------------------------------------------- tables and base records

    def tables(self, name: str) -> list[Table]:
        """The tables a model needs: its own and those of its many2many fields."""
        if name not in self._tables:
            self._tables[name] = model_tables(self, name)
        return self._tables[name]

    def table_of(self, name: str) -> str:
        """The table of a model, for a model of the catalogue without building it."""
        entry = self.catalogue.index["models"].get(name)
        return str(entry["table"]) if entry else self[name]._table

    def model_of_table(self, table: str) -> str | None:
        """The model of the catalogue whose table this is, None for a table of links only."""
        if self._by_table is None:
            entries = self.catalogue.index["models"].items()
            self._by_table = {entry["table"]: name for name, entry in entries if not entry["abstract"]}
        return self._by_table.get(table)

    def link_models(self, name: str) -> list[str]:
        """The models whose tables serve many2many fields of a model."""
        if name not in self._links:
            fields = (field for field in self[name]._fields.values() if isinstance(field, Many2many) and field.store)
            self._links[name] = [model for field in fields if (model := self.model_of_table(field.relation))]
        return self._links[name]

    def rows(self, name: str, wanted: Iterable[Table]) -> dict[str, Iterable[Any]]:
        """The base records of a model and their links, by table, for the tables wanted."""
        own = self[name]._table
        return {
            table.name: model_rows(self, name, [column.name for column in table.columns])
            if table.name == own
            else link_rows(self, table.name, table.columns[0].name)
            for table in wanted
        }

    def base_records(self, name: str) -> list[dict[str, Any]]:
        """The records of a model in a fresh database, by field: the catalogue's, or what its class derives."""
        return self[name]._base_records(self)

    def ensure(self, env: Environment, name: str) -> None:
        """Make sure the tables of a model exist, with their base records."""
        env.transaction.ensure(name)

    def has_rows(self, env: Environment, name: str) -> bool:
        """Whether a model can have records now: its table exists, or would start with some."""
        return (
            name in self._names
            and not self[name]._abstract
            and (self[name]._table in env.transaction.store.tables or name in self.catalogue.data_models)
        )

    def links(self, env: Environment, name: str) -> list[tuple[str, str, str]]:
        """The existing many2many tables that hold ids of a model: the table, the column, and the other column."""
        present = env.transaction.store.tables
        found: dict[tuple[str, str, str], None] = {}
        for model, _field, comodel, table, column1, column2 in self.catalogue.index["m2m"]:
            if table in present and name in (model, comodel):
                found.update({(table, column1, column2): None} if model == name else {})
                found.update({(table, column2, column1): None} if comodel == name else {})
        for cls in list(self._classes.values()):
            for field in cls._declared_links():
                if field.relation in present and name in (cls._name, field.comodel_name):
                    columns = (field.column1, field.column2)
                    found[field.relation, *(columns if cls._name == name else reversed(columns))] = None
        return list(found)

    def references(self, name: str) -> list[tuple[str, str, str | None]]:
        """(model, many2one field, ondelete) of what refers to a model."""
        known = [
            (model, field, ondelete) for model, field, ondelete in self.catalogue.index["references"].get(name, ())
        ]
        for cls in list(self._classes.values()):
            for field in cls._declared_references():
                if field.comodel_name == name:
                    known.append(
                        (cls._name, field.name, field.ondelete or ("restrict" if field.required else "set null"))
                    )
        return known

    # ---------------------------------------------------------------- xmlids

    def xmlid(self, env: Environment, xmlid: str) -> tuple[str | None, int | None]:
        """(model, id) an xmlid stands for, as table ir_model_data says; (None, None) for an unknown one.

        The table starts with the catalogue's xmlids: as long as nobody needed it, the catalogue itself is asked first.
        """
        if "ir_model_data" not in env.transaction.store.tables:
            if known := self.catalogue.xmlids.resolve(xmlid):
                return known
            self.ensure(env, "ir.model.data")  # a file that was opened again may have the table all the same
        module, _, name = xmlid.partition(".")
        data = env(su=True)["ir.model.data"]
        record = data.search([("module", "=", module), ("name", "=", name)], limit=1)
        if record:
            return record["model"], record["res_id"]
        derived = self.catalogue.xmlids.resolve(
            xmlid
        )  # a field has one per module that adds to it, the table holds one
        return derived if derived and derived[0].startswith("ir.model") else (None, None)
