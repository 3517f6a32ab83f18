"""Properties: values of a record whose definitions stand on another, such as a task's on its project."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.orm.fields.other import Json

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.recordset import Recordset

__all__ = ["Properties", "PropertiesDefinition"]

_TYPES = (
    *("boolean", "integer", "float", "monetary", "text", "char", "html", "date", "datetime"),
    *("many2one", "many2many", "selection", "tags", "separator", "signature"),
)
_NEEDED = ("name", "type")
_KNOWN = (
    *(*_NEEDED, "string", "comodel", "default", "suffix", "selection", "tags", "domain", "currency_field"),
    *("view_in_cards", "fold_by_default"),
)
_CHANGES = ("definition_changed", "definition_deleted")


class PropertiesDefinition(Json):
    """The definitions of properties of child records: a list of dictionaries with name, type and more."""

    type = "properties_definition"

    def to_cache(self, value: Any, record: Recordset) -> Any:
        if isinstance(value, str) and value:
            value = json.loads(value)
        if not value:
            return None
        if not isinstance(value, list):
            raise TypeError(f"Wrong properties definition type {type(value)!r}")
        _check(value)
        return super().to_cache(value, record)

    def to_record(self, value: Any, record: Recordset) -> Any:
        return value or []

    def to_read(self, value: Any, record: Recordset) -> Any:
        return value or []


def _check(definitions: Iterable[Mapping[str, Any]]) -> None:
    """Raise ValueError for a definition that Odoo would not take."""
    seen = set()
    for definition in definitions:
        keys = set(definition)
        if not keys.issuperset(_NEEDED):
            raise ValueError(f"Some key are missing for a properties definition {sorted(set(_NEEDED) - keys)}.")
        if not keys.issubset(_KNOWN):
            raise ValueError(f"Some key are not allowed for a properties definition {sorted(keys - set(_KNOWN))}.")
        if definition["type"] not in _TYPES:
            raise ValueError(f"Wrong property type {definition['type']!r}.")
        if definition["name"] in seen:
            raise ValueError(f"The property name {definition['name']!r} is duplicated.")
        seen.add(definition["name"])


class Properties(Json):
    """Values by name; clients read them as a list of definitions, each with its `value`."""

    type = "properties"

    def setup(self) -> None:
        super().setup()
        depends = self.depends or ()
        self.definition_record: str = depends[0].partition(".")[0] if depends else ""

    @staticmethod
    def definition_field(container: Any) -> str | None:
        """The field of the container's model that holds definitions."""
        names = (name for name, field in container._fields.items() if field.type == "properties_definition")
        return next(names, None)

    def container(self, record: Any) -> Any:
        """The record that the definitions of this one stand on."""
        return record[self.definition_record].sudo() if self.definition_record in record._fields else record.browse()

    def definitions(self, record: Any) -> list[dict[str, Any]]:
        """The definitions in force for a record, none without a container."""
        container = self.container(record) if record._ids else None
        name = self.definition_field(container) if container else None
        return list(container[name]) if container and name else []

    def to_cache(self, value: Any, record: Recordset) -> Any:
        if isinstance(value, str) and value:
            value = json.loads(value)
        if not value:
            return None
        if isinstance(value, list):
            value = {each["name"]: each.get("value") for each in value if not each.get("definition_deleted")}
        if not isinstance(value, Mapping):
            raise ValueError(f"Wrong property value {value!r}")
        return super().to_cache({name: _bare(each) for name, each in value.items()}, record)

    def to_record(self, value: Any, record: Recordset) -> Any:
        return value or {}

    def to_read(self, value: Any, record: Recordset) -> Any:
        values = value or {}
        return [
            {**definition, "value": _shown(definition, values.get(definition["name"]), record.env)}
            for definition in self.definitions(record)
        ]

    def to_write(self, value: Any, record: Recordset) -> Any:
        return value or False

    def redefine(self, records: Any, value: Any) -> None:
        """Change the container's definitions where a client's list says that they changed."""
        changed = isinstance(value, list) and any(each.get(key) for each in value for key in _CHANGES)
        if not changed:
            return
        kept = [each for each in value if not each.get("definition_deleted")]
        hidden = ("value", *_CHANGES)
        definitions = [{key: item for key, item in each.items() if key not in hidden} for each in kept]
        for record in records:
            container = self.container(record)
            name = self.definition_field(container)
            if container and name:
                container.write({name: definitions})

    def complete(self, records: Any) -> None:
        """Values that their container does not define go, those that are missing take their default."""
        for record in records:
            values, definitions = record[self.name] or {}, self.definitions(record)
            known = {each["name"]: values.get(each["name"], each.get("default")) for each in definitions}
            wanted = {name: value for name, value in known.items() if value is not None}
            if wanted != values:
                with record.env.transaction.protecting([self], record._ids):
                    self.assign(record, wanted)

    def describe(self, env: Environment) -> dict[str, Any]:
        field = env.registry[self.model_name]._fields.get(self.definition_record)
        name = self.definition_field(env.registry[field.comodel_name]) if field is not None else None
        return {"definition_record": self.definition_record, "definition_record_field": name}


def _bare(value: Any) -> Any:
    """A value without the names that reading adds to ids."""
    if isinstance(value, (list, tuple)) and value and isinstance(value[0], (list, tuple)):
        return [each[0] for each in value]
    if isinstance(value, (list, tuple)) and len(value) == 2 and type(value[0]) is int and isinstance(value[1], str):
        return value[0]
    return None if value is False else value


def _shown(definition: Mapping[str, Any], value: Any, env: Environment) -> Any:
    """A value as clients read it: records with their names, and nothing that is no longer an option."""
    if value is None:
        return False
    show = _SHOWN.get(definition["type"])
    return show(definition, value, env) if show else value


def _records(definition: Mapping[str, Any], ids: list[int], env: Environment) -> list[tuple[int, str]]:
    comodel = definition.get("comodel")
    if not comodel or comodel not in env.registry:
        return []
    return [(record.id, record.display_name) for record in env[comodel].sudo().browse(ids).exists()]


def _options(definition: Mapping[str, Any]) -> set[str]:
    return {option[0] for option in definition.get(definition["type"]) or ()}


_SHOWN: dict[str, Callable[[Mapping[str, Any], Any, Any], Any]] = {
    "boolean": lambda _definition, value, _env: bool(value),
    "many2one": lambda definition, value, env: next(iter(_records(definition, [value], env)), False),
    "many2many": lambda definition, value, env: _records(definition, value, env),
    "selection": lambda definition, value, _env: value if value in _options(definition) else False,
    "tags": lambda definition, value, _env: [tag for tag in value if tag in _options(definition)],
}
