"""The base of all models, and how a behaviour class becomes part of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from fauxdoo.mockserver.orm.constraints import SqlConstraint
from fauxdoo.mockserver.orm.custom import computing
from fauxdoo.mockserver.orm.fields.base import Field
from fauxdoo.mockserver.orm.fields.many2many import Many2many
from fauxdoo.mockserver.orm.fields.properties import Properties
from fauxdoo.mockserver.orm.fields.relational import Many2one
from fauxdoo.mockserver.orm.metadata import Metadata

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.registry import Registry
    from fauxdoo.mockserver.stores.base import Kind

__all__ = ["AbstractModel", "BaseModel", "Definition", "Model", "TransientModel", "definitions"]


@dataclass(frozen=True, slots=True)
class Definition:
    """A behaviour class, the models it is part of, and whether it defines a new one."""

    cls: type[BaseModel]
    names: tuple[str, ...]
    is_new: bool


_definitions: list[Definition] = []
"""Every behaviour class in the order of import: the only thing that changes at module level."""


def definitions(packages: Iterable[str]) -> list[Definition]:
    """The behaviour classes of some packages (and their subpackages), in the order of the packages."""
    return [
        definition
        for package in packages
        for definition in _definitions
        if definition.cls.__module__ == package or definition.cls.__module__.startswith(package + ".")
    ]


class BaseModel(Metadata):
    """What every model can do; a registry builds the classes that are used."""

    _inherit: ClassVar[str | list[str] | None] = None
    _mixins: ClassVar[tuple[str, ...]] = ()
    _declared: ClassVar[dict[str, Field]] = {}
    _built: ClassVar[bool] = False
    _outermost: ClassVar[bool] = False
    """Whether the class wraps all others of a model, whatever it inherits from."""
    _module: ClassVar[str] = ""
    _methods: ClassVar[Mapping[str, Any]] = {}
    _onchange_methods: ClassVar[dict[str, list[str]]] = {}
    """Names of the methods that react to a field typed into a form, by field."""
    _open_to: ClassVar[str] = "base.group_user"
    """The group whose members may do everything with a model that no access right is about."""
    _hidden_columns: ClassVar[Mapping[str, Kind]] = {}
    """Columns that belong to no field: hashes of passwords and keys."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "_built" in vars(cls) or cls.__name__ in ("Model", "AbstractModel", "TransientModel"):
            return
        cls._declared = {name: value for name, value in vars(cls).items() if isinstance(value, Field)}
        for name in cls._declared:
            delattr(cls, name)
        inherit = vars(cls).get("_inherit") or []
        parents = (inherit,) if isinstance(inherit, str) else tuple(inherit)
        own = vars(cls).get("_name")
        if not own and not parents:
            raise TypeError(f"{cls!r} has neither _name nor _inherit")
        names = (own,) if own else parents[:1] if len(parents) == 1 else parents
        cls._mixins = tuple(parent for parent in parents if own and parent != own)
        is_new = bool(own) and own not in parents
        _definitions.append(Definition(cls, tuple(names), is_new))

    # ---------------------------------------------------------------- built by the registry

    @classmethod
    def _setup(cls, registry: Registry, facts: Mapping[str, Any]) -> None:
        """Take the catalogue's facts of the model."""
        cls._fields = {}
        if not facts:
            cls._set_up_without_facts(registry.defined_by(cls._name))
            return
        cls._description = facts["name"]
        cls._table, cls._order = facts["table"], facts.get("order") or "id"
        cls._rec_name = facts.get("rec_name")
        cls._rec_names_search = facts.get("rec_names_search") or ()
        cls._parent_name = facts.get("parent") or "parent_id"
        cls._inherits = facts.get("inherits") or {}
        cls._abstract, cls._transient = facts.get("abstract", False), facts.get("transient", False)
        cls._methods = facts.get("methods") or {}
        cls._module = (facts.get("modules") or [""])[0]
        cls._log_access = "write_uid" in facts["fields"]
        parsed = (SqlConstraint.parse(c["name"], c["definition"]) for c in facts.get("constraints") or [])
        cls._sql_constraints = tuple(constraint for constraint in parsed if constraint)
        for name, entry in facts["fields"].items():
            cls._add_field(Field.from_facts(cls._name, name, entry))

    @classmethod
    def _set_up_without_facts(cls, definition: type[BaseModel]) -> None:
        cls._description = vars(cls).get("_description") or getattr(cls, "_description", "") or cls._name
        cls._table = cls._name.replace(".", "_")
        cls._abstract = issubclass(definition, AbstractModel)
        cls._transient = issubclass(definition, TransientModel)
        for name, entry in _MAGIC_FACTS.items():
            cls._add_field(Field.from_facts(cls._name, name, entry))

    @classmethod
    def _take_fields(cls, fields: Mapping[str, Field]) -> None:
        """Copy the fields of a mixin."""
        for name, field in fields.items():
            if name not in cls._fields:
                copy = field.clone()
                copy.model_name = cls._name
                cls._add_field(copy)

    @classmethod
    def _take_declared(cls, bases: Iterable[type[BaseModel]]) -> None:
        """Put the fields that classes declare over those known, and connect marked methods."""
        for base in reversed(list(bases)):
            for name, declared in base._declared.items():
                known = cls._fields.get(name)
                field = known.merged(declared) if known else declared.clone()
                field.name, field.model_name = name, cls._name
                field.string = field.string or name.removesuffix("_id").removesuffix("_ids").replace("_", " ").title()
                cls._add_field(field)

    @classmethod
    def _take_custom(cls, custom: Mapping[str, Mapping[str, Any]]) -> None:
        """Add the fields of users, those of parent records as inherited ones."""
        for parent, link in cls._inherits.items():
            for name, facts in custom.get(parent, {}).items():
                theirs = {**facts, "store": False, "related": f"{link}.{name}", "inherited": True}
                cls._add_field(Field.from_facts(cls._name, name, theirs))
        for name, facts in custom.get(cls._name, {}).items():
            cls._add_field(Field.from_facts(cls._name, name, facts))
            if "code" in facts:
                setattr(cls, f"_compute_{name}", computing(name, facts["code"], facts["depends"]))

    @classmethod
    def _add_field(cls, field: Field) -> None:
        cls._fields[field.name] = field
        if field.name != "id":  # a recordset knows its ids without the field
            setattr(cls, field.name, field)

    @classmethod
    def _finish(cls, registry: Registry) -> None:
        """Connect methods to fields, and derive what depends on all of them."""
        if not cls._rec_name:
            cls._rec_name = next((name for name in ("name", "x_name") if name in cls._fields), None)
        cls._active_name = next((name for name in ("active", "x_active") if name in cls._fields), None)
        methods = {
            name: method for name in dir(cls) if not name.startswith("__") and callable(method := getattr(cls, name))
        }
        for name, method in methods.items():
            for field_name in getattr(method, "_computes", ()):
                cls._connect(field_name, "compute", name)
            for field_name in getattr(method, "_inverses", ()):
                cls._connect(field_name, "inverse", name)
            for field_name in getattr(method, "_searches", ()):
                cls._connect(field_name, "search", name)
            for field_name in getattr(method, "_default_for", ()):
                cls._connect(field_name, "default", method)
        cls._connect("display_name", "compute", "_compute_display_name")
        cls._connect("display_name", "search", "_search_display_name")
        cls._by_method = {}
        for field in cls._fields.values():
            cls._by_method.setdefault(field.compute, []).append(field)
        cls._together = frozenset(name for name, method in methods.items() if hasattr(method, "_is_together"))
        cls._with_default = tuple(name for name, field in cls._fields.items() if field.default is not None)
        cls._python_constraints = tuple((n, m._constrains) for n, m in methods.items() if hasattr(m, "_constrains"))
        cls._properties = tuple(f for f in cls._fields.values() if isinstance(f, Properties) and f.is_column)
        cls._onchange_methods = {}
        for method_name, method in methods.items():
            for field_name in getattr(method, "_onchange", ()):
                cls._onchange_methods.setdefault(field_name, []).append(method_name)
        cls._ondelete_methods = tuple(n for n, m in methods.items() if hasattr(m, "_ondelete"))
        for field in cls._fields.values():
            if isinstance(field, Many2many) and field.comodel_name in registry:
                comodel = registry.facts(field.comodel_name)
                field.name_table(cls._table, comodel.get("table") or field.comodel_name.replace(".", "_"))
            if field.type == "many2one_reference" and not getattr(field, "model_field", None):
                field.model_field = "res_model" if "res_model" in cls._fields else "model"

    @classmethod
    def _connect(cls, field_name: str, attribute: str, value: Any) -> None:
        if field_name in cls._fields:
            setattr(cls._fields[field_name], attribute, value)

    @classmethod
    def _unique_columns(cls) -> list[tuple[str, ...]]:
        return [constraint.columns for constraint in cls._sql_constraints if constraint.columns]

    @classmethod
    def _base_records(cls, registry: Registry) -> list[dict[str, Any]]:
        """The records of a fresh database, by field; a class may derive what the catalogue does not list."""
        return registry.catalogue.data(cls._name)

    @classmethod
    def _is_there_for_good(cls, registry: Registry, id: int) -> bool:
        """Whether a record is there whatever happens: who links it need not look at the table, which may be large."""
        return False

    @classmethod
    def _declared_links(cls) -> list[Many2many]:
        """The many2many fields the catalogue does not know."""
        return [f for f in cls._fields.values() if isinstance(f, Many2many) and not f.facts and f.store]

    @classmethod
    def _declared_references(cls) -> list[Many2one]:
        """The many2one fields the catalogue does not know."""
        return [f for f in cls._fields.values() if isinstance(f, Many2one) and not f.facts and f.is_column]


class Model(BaseModel):
    """A model with a table."""


class AbstractModel(BaseModel):
    """A model without a table, to be mixed into others."""

    _abstract = True


class TransientModel(BaseModel):
    """A model of wizards: its records are for a while."""

    _transient = True


_MAGIC_FACTS: dict[str, dict[str, Any]] = {
    "id": {"type": "integer", "string": "ID", "readonly": True},
    "display_name": {
        "type": "char",
        "string": "Display Name",
        "store": False,
        "readonly": True,
        "copy": False,
        "compute": True,
        "search": True,
        "sortable": False,
        "groupable": False,
    },
    "create_uid": {"type": "many2one", "string": "Created by", "readonly": True, "relation": "res.users"},
    "create_date": {"type": "datetime", "string": "Created on", "readonly": True},
    "write_uid": {"type": "many2one", "string": "Last Updated by", "readonly": True, "relation": "res.users"},
    "write_date": {"type": "datetime", "string": "Last Updated on", "readonly": True},
}
"""The fields every model has, for those the catalogue does not know."""
