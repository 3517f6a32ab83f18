"""Fields of other kinds: binary, json, reference, properties."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.orm.fields.base import Field
from fauxdoo.mockserver.orm.fields.scalar import Integer, Selection

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.recordset import Recordset

__all__ = ["Binary", "Json", "Many2oneReference", "Properties", "PropertiesDefinition", "Reference"]


class Binary(Field):
    """Bytes, base64 text on the wire; with `bin_size` in the context `read` answers a human size."""

    type = "binary"
    column_type = "BLOB"

    def __init__(self, string: str | None = None, **attributes: Any) -> None:
        self.attachment = True
        super().__init__(string, **attributes)

    def to_cache(self, value: Any, record: Recordset) -> Any:
        if value == b"":
            return value  # the content of an empty file reads as ""
        if not value:
            return None
        return value if isinstance(value, bytes) else str(value).encode()

    def to_read(self, value: Any, record: Recordset) -> Any:
        if not value:
            return "" if value == b"" else False
        if record.env.context.get("bin_size") or record.env.context.get(f"bin_size_{self.name}"):
            return human_size(len(decoded(value)))
        return value.decode() if isinstance(value, bytes) else value


def decoded(value: bytes) -> bytes:
    """The bytes of a base64 text, or the text itself where it is none."""
    try:
        return base64.b64decode(value)
    except binascii.Error:
        return value


def human_size(size: float) -> str:
    """`1.50 Kb` as Odoo writes sizes."""
    units = ("bytes", "Kb", "Mb", "Gb", "Tb")
    index = 0
    while size >= 1024 and index < len(units) - 1:
        size /= 1024
        index += 1
    return f"{size:0.2f} {units[index]}"


class Json(Field):
    """A JSON value; false and null are unset."""

    type = "json"
    column_type = "TEXT"

    def to_cache(self, value: Any, record: Recordset) -> Any:
        return None if value is None or value is False or value == "" else json.loads(json.dumps(value))

    def to_column(self, value: Any) -> Any:
        return None if value is None else json.dumps(value)

    def from_column(self, value: Any) -> Any:
        return None if value is None else json.loads(value)


class Properties(Json):
    """Values of properties whose definitions stand on a parent record."""

    type = "properties"

    def take_facts(self, facts: Mapping[str, Any]) -> None:
        self.definition = facts.get("definition")

    def to_record(self, value: Any, record: Recordset) -> Any:
        return value or {}

    def to_read(self, value: Any, record: Recordset) -> Any:
        return value or []


class PropertiesDefinition(Json):
    """The definitions of properties of child records: a list of dictionaries."""

    type = "properties_definition"

    def to_record(self, value: Any, record: Recordset) -> Any:
        return value or []

    def to_read(self, value: Any, record: Recordset) -> Any:
        return value or []


class Reference(Selection):
    """A record of one of several models, `model,id`."""

    type = "reference"

    def to_cache(self, value: Any, record: Recordset) -> Any:
        if hasattr(value, "_ids"):
            return f"{value._name},{value.id}" if value else None
        if isinstance(value, str) and "," in value:
            model, _, id = value.partition(",")
            if model in record.env and id.lstrip("-").isdigit():
                return value if record.env[model].browse(int(id)).exists() else None
        if not value:
            return None
        raise ValueError(f"Wrong value for {self}: {value!r}")

    def to_record(self, value: Any, record: Recordset) -> Any:
        if not value:
            return None
        model, _, id = value.partition(",")
        return record.env[model].browse(int(id))

    def to_read(self, value: Any, record: Recordset) -> Any:
        return value or False


class Many2oneReference(Integer):
    """The id of a record whose model stands in another field."""

    type = "many2one_reference"

    def __init__(self, string: str | None = None, **attributes: Any) -> None:
        self.model_field: str | None = None
        attributes.setdefault("aggregator", None)
        super().__init__(string, **attributes)

    def take_facts(self, facts: Mapping[str, Any]) -> None:
        self.model_field = facts.get("model_field")

    def to_cache(self, value: Any, record: Recordset) -> Any:
        return value.id or 0 if hasattr(value, "_ids") else super().to_cache(value, record)

    def describe(self, env: Environment) -> dict[str, Any]:
        return {"model_field": self.model_field}
