"""The field: what a catalogue says of it, and how a value goes in and out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from fauxdoo.mockserver.errors import MissingError
from fauxdoo.mockserver.orm.new_id import NewId

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.recordset import Recordset

__all__ = ["MAGIC", "Field", "Id"]

MAGIC = ("id", "create_uid", "create_date", "write_uid", "write_date")
"""Fields the ORM keeps itself; values given for them are ignored."""

_ALIASES = {"relation": "comodel_name", "inverse": "inverse_name", "table": "relation", "settable": "has_inverse"}
"""Catalogue key → attribute, where they differ for relational fields."""


class Field:
    """One field of one model.

    A value has four forms: what a client sends, the cached one (equal to what the column holds, but for JSON and
    booleans), what behaviour code sees (`to_record`) and what `read` answers (`to_read`).
    """

    type: ClassVar[str] = ""
    column_type: ClassVar[str | None] = None
    """SQL type of the column, None for a field without one."""
    empty: ClassVar[Any] = None
    """The cached value of an unset field."""
    by_type: ClassVar[dict[str, FieldClass]] = {}
    is_relational: ClassVar[bool] = False
    is_x2many: ClassVar[bool] = False
    comodel_name: str = ""
    """The model a relational field points at."""
    inverse_name: str = ""
    """Of a one2many: the field that points back."""
    model_field: str | None = None
    """Of a many2one_reference: the field that holds the model's name."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.type:
            if cls.type in Field.by_type:
                raise TypeError(f"two classes for field type {cls.type!r}: {Field.by_type[cls.type]!r} and {cls!r}")
            Field.by_type[cls.type] = cls

    def __init__(self, string: str | None = None, **attributes: Any) -> None:
        self.name = ""
        self.model_name = ""
        self.string = string
        self.module: str | None = None
        self.help: str | None = None
        self.required = False
        self.readonly = False
        self.copy: bool = not self.is_x2many or self.type == "many2many"
        self.compute: str | None = None
        self.inverse: str | None = None
        self.search: str | None = None
        self.related: str | None = None
        self.depends: tuple[str, ...] | None = None
        self.default: Any = None
        self.groups: str | None = None
        self.index = False
        self.translate = False
        self.company_dependent = False
        self.inherited = False
        self.tracking: bool | int = False
        """Whether changes are told of on the record, and the place among others, the lower the earlier."""
        self.aggregator: str | None = None
        self.context: dict[str, Any] = {}
        self.domain: Any = []
        self.facts: Mapping[str, Any] = {}
        """The field's entry in the catalogue, as it stands there."""
        self.computed_elsewhere = False
        """The catalogue knows it as computed, nothing here computes it."""
        self._explicit = dict(attributes)
        if string is not None:
            self._explicit["string"] = string
        store = attributes.pop("store", None)
        for key, value in attributes.items():
            setattr(self, key, value)
        if isinstance(self.related, (tuple, list)):
            self.related = ".".join(self.related)
        self.store: bool = store if store is not None else not (self.compute or self.related)
        if (self.compute or self.related) and "readonly" not in attributes:
            self.readonly = not self.inverse
        if (self.compute or self.related) and "copy" not in attributes:
            self.copy = False
        self.setup()

    def setup(self) -> None:
        """Derive what follows from the attributes; called again when they change."""
        self.is_column = self.store and self.column_type is not None

    @classmethod
    def from_facts(cls, model_name: str, name: str, facts: Mapping[str, Any]) -> Field:
        """The field a catalogue entry describes."""
        field: Field = Id() if name == "id" else Field.by_type[facts["type"]]()
        field.name, field.model_name, field.facts = name, model_name, facts
        field.string = facts["string"]
        for key in ("module", "required", "readonly", "copy", "related", "groups", "translate", "company_dependent"):
            if key in facts:
                setattr(field, key, facts[key])
        for key in ("inherited", "context", "index", "help", "tracking"):
            if key in facts:
                setattr(field, key, facts[key])
        field.aggregator = facts.get("aggregator")
        field.store = facts.get("store", True)
        field.default = facts.get("default")
        field.depends = tuple(facts["depends"]) if "depends" in facts else None
        field.computed_elsewhere = bool(facts.get("compute"))
        field.take_facts(facts)
        if field.is_x2many and field.type == "one2many":
            field.copy = facts.get("copy", False)
        field.setup()
        return field

    def take_facts(self, facts: Mapping[str, Any]) -> None:
        """Read what is particular to the field's type."""

    def merged(self, declared: Field) -> Field:
        """This field with what a class declares anew, as in Odoo's field inheritance."""
        retyped = bool(declared.type) and declared.type != self.type
        result = declared if retyped else self.clone()
        if retyped:
            for key, value in self.__dict__.items():
                if key not in declared._explicit and key not in ("is_column",):
                    setattr(result, key, value)
        for key, value in declared._explicit.items():
            setattr(result, key, value)
        result.setup()
        return result

    def clone(self) -> Field:
        """A copy that can be changed without touching this one."""
        copy: Field = object.__new__(self.__class__)
        copy.__dict__.update(self.__dict__)
        return copy

    def __set_name__(self, owner: Any, name: str) -> None:
        self.name = self.name or name

    def __repr__(self) -> str:
        return f"{self.model_name}.{self.name}"

    # ---------------------------------------------------------------- the record's side

    def __get__(self, record: Any, owner: Any = None) -> Any:
        if record is None:
            return self
        if not record._ids:
            return self.to_record(self.empty, record)
        record.ensure_one()
        return self.to_record(self.cached(record), record)

    def __set__(self, records: Recordset, value: Any) -> None:
        protected = records.env.transaction.protected.get(self, ())
        plain = [id for id in records._ids if id not in protected and not isinstance(id, NewId)]
        for record in records:
            if record._ids[0] in protected or isinstance(record._ids[0], NewId):
                self.assign(record, value)
        if plain:
            records.browse(plain).write({self.name: value})

    def assign(self, record: Recordset, value: Any) -> None:
        """Set a computed value, or a value of a record that is not saved: no rights, no constraints."""
        cached = self.to_cache(value, record)
        env, id = record.env, record._ids[0]
        bucket = self.bucket(record)
        known = id in bucket
        old = bucket.get(id)
        bucket[id] = cached
        if isinstance(id, NewId):
            record._new_value_set(self)
        elif self.is_column and not (known and _same(old, cached)):
            env.transaction.dirty[self.model_name][id][self.name] = cached
            record._assigned(self)

    def cached(self, record: Recordset) -> Any:
        """The cached value of one record, loaded or computed when it is not there."""
        bucket = self.bucket(record)
        id = record._ids[0]
        try:
            if self not in record.env.transaction.pending:
                return bucket[id]
            if id not in record.env.transaction.pending[self]:
                return bucket[id]
        except KeyError:
            pass
        record._load(self)
        try:
            return bucket[id]
        except KeyError:
            raise MissingError(
                f"Record does not exist or has been deleted.\n(Record: {record}, User: {record.env.uid})"
            ) from None

    def bucket(self, record: Recordset) -> dict[Any, Any]:
        """The cached values a record's own stands among; a record that is not saved has one value for all contexts."""
        if isinstance(record._ids[0], NewId):
            return record.env.transaction.drafts[self]
        return record.env.bucket(self)

    def cache_key(self, env: Environment) -> Any:
        """What the cached value varies with, besides the record."""
        if self.is_column:
            if self.company_dependent:
                return env.company.id
            return env.lang if self.translate else None
        return env.context_key

    # ---------------------------------------------------------------- conversions

    def to_cache(self, value: Any, record: Recordset) -> Any:
        """The cached form of a value given by a client or by code; raises ValueError where Odoo does."""
        return value

    def as_inserted(self, value: Any) -> Any:
        """What is kept of a value given for a new record; raises DatabaseError for one that no column takes."""
        return value

    def to_column(self, value: Any) -> Any:
        """What the column holds, from the cached form."""
        return value

    def as_draft(self, value: Any, record: Recordset) -> Any:
        """The cached value of a saved record, for one in memory that stands for it."""
        return value

    def from_column(self, value: Any) -> Any:
        """The cached form of what the column holds."""
        return value

    def to_record(self, value: Any, record: Recordset) -> Any:
        """What behaviour code sees, from the cached form."""
        return False if value is None else value

    def to_read(self, value: Any, record: Recordset) -> Any:
        """What `read` answers, from the cached form."""
        return False if value is None else value

    def to_write(self, value: Any, record: Recordset) -> Any:
        """What `write` takes to set the same value again, from the cached form."""
        return self.to_read(value, record)

    def default_value(self, model: Recordset) -> Any:
        """The default in the form `write` takes, None without one; a callable default gets the model."""
        value = self.default
        if isinstance(value, Callable):  # type: ignore[arg-type]
            return value(model)
        if isinstance(value, Mapping) and "$now" in value:
            now = model.env.transaction.now
            return now.strftime("%Y-%m-%d" if value["$now"] == "date" else "%Y-%m-%d %H:%M:%S")
        return value

    @property
    def recomputed(self) -> bool:
        """Whether it is stored and kept up to date by a method or a path."""
        return self.store and bool(self.compute or self.related)

    @property
    def is_written_through(self) -> bool:
        """Whether setting it sets others: by its inverse method, or at the end of its related path."""
        return not self.store or bool(self.inverse)

    def describe(self, env: Environment) -> dict[str, Any]:
        """What is particular to the type in `fields_get`."""
        return {}


FieldClass = type[Field]


class Id(Field):
    """The id: known without asking the database, False of the empty recordset."""

    column_type = "INTEGER"

    def __init__(self) -> None:
        super().__init__()
        self.type = "integer"  # type: ignore[misc]

    def __get__(self, record: Any, owner: Any = None) -> Any:
        return self if record is None else record.id

    def cached(self, record: Recordset) -> Any:
        return record._ids[0]


def _same(old: Any, new: Any) -> bool:
    return type(old) is type(new) and bool(old == new)
